// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.crypto.WrappedKey;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import io.holdfast.error.RepositoryException;
import io.holdfast.runtime.Randomness;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One way into a repository: the secret of the slot, wrapped by a provider, and the repository key, sealed under that secret
 * (FORMAT.md, "Key slots").
 *
 * <p>The secret is the slot's own: the ring of data keys is sealed for it, so that a slot that was not open at a rotation does not
 * open what is sealed after it. Where a provider dictates the repository key, the secret is that key.
 *
 * <p>All fields are bound twice. The provider binds the repository's id, the slot's id, its own name and all parameters before it
 * gives the secret; a code under the repository key then covers the whole slot, and commits the slot to that one key. Nothing in
 * a slot is secret. Immutable and safe for use by several threads.
 */
public final class KeySlot {
    static final int ID_BYTES = 8;

    private final byte[] repositoryId;
    private final byte[] slotId;
    private final WrappedKey wrapped;
    private final byte[] sealedKey;
    private final byte[] code;

    KeySlot(byte[] repositoryId, byte[] slotId, WrappedKey wrapped, byte[] sealedKey, byte[] code) {
        this.repositoryId = repositoryId;
        this.slotId = slotId;
        this.wrapped = wrapped;
        this.sealedKey = sealedKey;
        this.code = code;
    }

    /**
     * Makes a slot.
     *
     * @param provider who wraps its secret
     * @param repositoryKey the key of the repository, 32 bytes; not kept
     * @param repositoryId the id of the repository
     * @param encryptor the suite of the repository
     * @param randomness where id, secret and salt come from
     * @return the slot, as if it had been opened
     * @throws io.holdfast.error.KeyException if the provider dictates another repository key, or cannot wrap
     */
    public static OpenedSlot create(
            KeyProvider provider,
            byte[] repositoryKey,
            byte[] repositoryId,
            Encryptor encryptor,
            Randomness randomness) {
        byte[] slotId = randomness.bytes(ID_BYTES);
        byte[] salt = randomness.bytes(BlockSealers.SALT_BYTES);
        byte[] secret = provider.dictatedKey().orElseGet(() -> randomness.bytes(RepositoryKeys.KEY_BYTES));
        if (provider.dictatedKey().isPresent() && !MessageDigest.isEqual(secret, repositoryKey)) {
            throw new KeyException(
                    ErrorCode.KEY_REFUSED,
                    "The " + provider.name() + " key is not the key of this repository",
                    "Give the repository's own key, or add a slot of another kind");
        }
        try {
            KeySlot slot =
                    made(provider, secret, repositoryKey, new Origin(repositoryId.clone(), slotId, salt), encryptor);
            return new OpenedSlot(slot, repositoryKey.clone(), secret);
        } catch (RuntimeException refused) {
            Arrays.fill(secret, (byte) 0);
            throw refused;
        }
    }

    /**
     * Reads a slot.
     *
     * @param name the name under which it was found
     * @param bytes the whole object
     * @return the slot, nothing of it proven yet
     * @throws RepositoryException if it is damaged, or was made for another name
     */
    public static KeySlot parse(String name, byte[] bytes) {
        KeySlot slot;
        try {
            slot = KeySlotCodec.decode(bytes);
        } catch (SealBrokenException damaged) {
            throw damaged(name, String.valueOf(damaged.getMessage()));
        }
        if (!slot.name().equals(name)) {
            throw damaged(name, "it is a copy of slot " + slot.name());
        }
        return slot;
    }

    /**
     * Tries to open this slot.
     *
     * @param provider who may hold its secret
     * @param expectedId the id of the repository that the slot was found in
     * @param encryptor the suite of the repository
     * @return the opened slot, which the caller closes; empty if the provider does not open it
     * @throws RepositoryException if it belongs to another repository, or was altered
     * @throws io.holdfast.error.KeyException if its parameters are outside their bounds
     */
    public Optional<OpenedSlot> open(KeyProvider provider, byte[] expectedId, Encryptor encryptor) {
        if (!Arrays.equals(repositoryId, expectedId)) {
            throw damaged(name(), "it belongs to repository " + HexFormat.of().formatHex(repositoryId));
        }
        if (!provider.name().equals(wrapped.provider())) {
            return Optional.empty();
        }
        Optional<byte[]> secret = provider.unwrap(wrapped, binding(repositoryId, slotId));
        return secret.map(found -> open(found, encryptor));
    }

    /**
     * The name of the slot on the store.
     *
     * @return 16 lower-case hexadecimal characters
     */
    public String name() {
        return HexFormat.of().formatHex(slotId);
    }

    /**
     * The provider that made it.
     *
     * @return such as {@code passphrase}
     */
    public String provider() {
        return wrapped.provider();
    }

    /**
     * The slot as an object.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        return KeySlotCodec.encode(this);
    }

    byte[] repositoryId() {
        return repositoryId;
    }

    byte[] slotId() {
        return slotId;
    }

    WrappedKey wrapped() {
        return wrapped;
    }

    byte[] sealedKey() {
        return sealedKey;
    }

    byte[] code() {
        return code;
    }

    private static KeySlot made(
            KeyProvider provider, byte[] secret, byte[] repositoryKey, Origin origin, Encryptor encryptor) {
        byte[] binding = binding(origin.repositoryId, origin.slotId);
        WrappedKey wrapped = provider.wrap(secret, binding, origin.salt);
        byte[] sealedKey = new byte[repositoryKey.length + encryptor.tagBytes()];
        byte[] boxKey = boxKey(secret, origin.repositoryId, origin.slotId, encryptor);
        try {
            new SegmentSealer(encryptor, boxKey, binding).seal(0, Slice.of(repositoryKey), sealedKey, 0);
        } finally {
            Arrays.fill(boxKey, (byte) 0);
        }
        byte[] noCode = new byte[Hmac.BYTES];
        byte[] code = new KeySlot(origin.repositoryId, origin.slotId, wrapped, sealedKey, noCode).code(repositoryKey);
        return new KeySlot(origin.repositoryId, origin.slotId, wrapped, sealedKey, code);
    }

    private OpenedSlot open(byte[] secret, Encryptor encryptor) {
        if (secret.length != RepositoryKeys.KEY_BYTES
                || sealedKey.length != RepositoryKeys.KEY_BYTES + encryptor.tagBytes()) {
            throw damaged(name(), "its secret or its sealed key is too short or too long");
        }
        byte[] repositoryKey = new byte[RepositoryKeys.KEY_BYTES];
        byte[] boxKey = boxKey(secret, repositoryId, slotId, encryptor);
        try {
            new SegmentSealer(encryptor, boxKey, binding(repositoryId, slotId))
                    .open(0, Slice.of(sealedKey), repositoryKey, 0);
        } catch (SealBrokenException altered) {
            throw damaged(name(), "its repository key does not open");
        } finally {
            Arrays.fill(boxKey, (byte) 0);
        }
        if (!MessageDigest.isEqual(code, code(repositoryKey))) {
            throw damaged(name(), "it was altered after it was made");
        }
        return new OpenedSlot(this, repositoryKey, secret);
    }

    /** The code under the repository key over all that stands before it. */
    private byte[] code(byte[] repositoryKey) {
        byte[] key =
                Hkdf.derive(repositoryKey, repositoryId, Label.of("slot code").bytes(), Hmac.BYTES);
        try {
            return Hmac.of(key, KeySlotCodec.body(this));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] binding(byte[] repositoryId, byte[] slotId) {
        return Label.of("slot").with(repositoryId).with(slotId).bytes();
    }

    private static byte[] boxKey(byte[] secret, byte[] repositoryId, byte[] slotId, Encryptor encryptor) {
        byte[] info = Label.of("slot box").with(slotId).bytes();
        return Hkdf.derive(secret, repositoryId, info, encryptor.keyBytes());
    }

    private static RepositoryException damaged(String name, String why) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "Key slot " + name + " cannot be used: " + why,
                "Open the repository by another slot, then remove this one and add it again");
    }

    /** What a new slot begins with; nothing of it is secret. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Origin(byte[] repositoryId, byte[] slotId, byte[] salt) {}
}
