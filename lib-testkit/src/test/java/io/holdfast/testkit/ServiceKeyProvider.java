// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.crypto.WrappedKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What a host might write for its key service: wraps each secret under a master key, bound to salt, binding and version. */
class ServiceKeyProvider implements KeyProvider {
    private static final Map<String, Long> PARAMETERS = Map.of("version", 1L);

    private final Encryptor encryptor = Encryptor.aes256Gcm();
    private final byte[] master;
    private volatile boolean closed;

    ServiceKeyProvider(byte[] master) {
        this.master = master.clone();
    }

    @Override
    public String name() {
        return "key-service";
    }

    @Override
    public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
        requireOpen();
        byte[] sealed = new byte[secret.length + encryptor.tagBytes()];
        encryptor.seal(
                master,
                Arrays.copyOf(salt, encryptor.nonceBytes()),
                bound(binding, salt, PARAMETERS),
                Slice.of(secret),
                Slice.of(sealed));
        return new WrappedKey(name(), PARAMETERS, salt, sealed);
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
        requireOpen();
        byte[] sealed = wrapped.wrapped();
        if (!wrapped.provider().equals(name()) || sealed.length != 32 + encryptor.tagBytes()) {
            return Optional.empty();
        }
        byte[] secret = new byte[32];
        try {
            encryptor.open(
                    master,
                    Arrays.copyOf(wrapped.salt(), encryptor.nonceBytes()),
                    bound(binding, wrapped.salt(), wrapped.parameters()),
                    Slice.of(sealed),
                    Slice.of(secret));
            return Optional.of(secret);
        } catch (SealBrokenException e) {
            return Optional.empty();
        }
    }

    private static byte[] bound(byte[] binding, byte[] salt, Map<String, Long> parameters) {
        HexFormat hex = HexFormat.of();
        return (hex.formatHex(binding) + "/" + hex.formatHex(salt) + "/" + parameters)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("key service used after it was closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(master, (byte) 0);
    }
}
