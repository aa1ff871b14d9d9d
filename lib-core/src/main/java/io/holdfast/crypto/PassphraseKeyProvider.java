// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Holds keys behind a passphrase, by Argon2id (FORMAT.md, "Key slots").
 *
 * <p>Argon2id gives 64 bytes: 32 wrap the secret of the slot with AES-256-GCM under a zero nonce (the key is used once: the salt is
 * fresh), 32 make the code by which the slot commits to them. The code is the associated data of the wrapping.
 */
final class PassphraseKeyProvider implements KeyProvider {
    static final String NAME = "passphrase";

    private static final int SECRET_BYTES = 32;
    private static final int SALT_BYTES = 32;
    private static final int DERIVED_BYTES = 64;

    private final Encryptor encryptor = Encryptor.aes256Gcm();
    private final byte[] passphrase;
    private final Argon2Cost cost;
    private volatile boolean closed;

    /** Takes over the array. */
    PassphraseKeyProvider(byte[] passphrase, Argon2Cost cost) {
        this.passphrase = passphrase;
        this.cost = cost;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
        if (secret.length != SECRET_BYTES || salt.length != SALT_BYTES) {
            throw new IllegalArgumentException(
                    "a slot has a secret and a salt of 32 bytes; got " + secret.length + " and " + salt.length);
        }
        Map<String, Long> parameters = cost.parameters();
        WrappedKey described = new WrappedKey(NAME, parameters, salt, new byte[0]);
        try (Derived derived = derive(salt, cost)) {
            byte[] code = SlotCode.of(derived.codeKey, described, binding);
            byte[] wrapped = Arrays.copyOf(code, SlotCode.BYTES + SECRET_BYTES + encryptor.tagBytes());
            Slice sealed = new Slice(wrapped, SlotCode.BYTES, wrapped.length - SlotCode.BYTES);
            encryptor.seal(derived.wrapKey, new byte[encryptor.nonceBytes()], code, Slice.of(secret), sealed);
            return new WrappedKey(NAME, parameters, salt, wrapped);
        }
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
        if (!wrapped.provider().equals(NAME)) {
            return Optional.empty();
        }
        byte[] bytes = wrapped.wrapped();
        if (bytes.length != SlotCode.BYTES + SECRET_BYTES + encryptor.tagBytes()
                || wrapped.salt().length != SALT_BYTES) {
            return Optional.empty();
        }
        try (Derived derived = derive(wrapped.salt(), costOf(wrapped))) {
            byte[] code = Arrays.copyOf(bytes, SlotCode.BYTES);
            if (!MessageDigest.isEqual(code, SlotCode.of(derived.codeKey, wrapped, binding))) {
                return Optional.empty();
            }
            byte[] secret = new byte[SECRET_BYTES];
            Slice sealed = new Slice(bytes, SlotCode.BYTES, bytes.length - SlotCode.BYTES);
            encryptor.open(derived.wrapKey, new byte[encryptor.nonceBytes()], code, sealed, Slice.of(secret));
            return Optional.of(secret);
        } catch (SealBrokenException damaged) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(passphrase, (byte) 0);
    }

    private static Argon2Cost costOf(WrappedKey wrapped) {
        try {
            return Argon2Cost.of(wrapped.parameters());
        } catch (IllegalArgumentException outside) {
            throw new KeyException(
                    ErrorCode.KEY_PARAMETERS,
                    "A key slot asks for what is not allowed: " + outside.getMessage(),
                    "Check who wrote the key slot; remove it if nobody did",
                    outside);
        }
    }

    private Derived derive(byte[] salt, Argon2Cost chosen) {
        if (closed) {
            throw new IllegalStateException("passphrase used after it was cleared");
        }
        byte[] both = Argon2.derive(passphrase, salt, chosen, DERIVED_BYTES);
        try {
            return new Derived(
                    Arrays.copyOf(both, SECRET_BYTES), Arrays.copyOfRange(both, SECRET_BYTES, DERIVED_BYTES));
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    /** The two keys that one derivation gives. */
    private static final class Derived implements AutoCloseable {
        private final byte[] wrapKey;
        private final byte[] codeKey;

        Derived(byte[] wrapKey, byte[] codeKey) {
            this.wrapKey = wrapKey;
            this.codeKey = codeKey;
        }

        @Override
        public void close() {
            Arrays.fill(wrapKey, (byte) 0);
            Arrays.fill(codeKey, (byte) 0);
        }
    }
}
