// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Holds 32 bytes that are the repository key itself. Its slots wrap nothing: they only prove that the key fits. */
final class RawKeyProvider implements KeyProvider {
    static final String NAME = "raw";

    private static final int KEY_BYTES = 32;

    private final byte[] key;
    private volatile boolean closed;

    RawKeyProvider(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("raw key of " + key.length + " bytes; 32 are needed");
        }
        this.key = key.clone();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<byte[]> dictatedKey() {
        checkOpen();
        return Optional.of(key.clone());
    }

    @Override
    public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
        checkOpen();
        if (!MessageDigest.isEqual(secret, key)) {
            throw new KeyException(
                    ErrorCode.KEY_REFUSED,
                    "The raw key is not the key of this repository",
                    "Give the repository's own key, or add a slot of another kind");
        }
        byte[] proof = SlotCode.of(key, new WrappedKey(NAME, Map.of(), salt, new byte[0]), binding);
        return new WrappedKey(NAME, Map.of(), salt, proof);
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
        checkOpen();
        if (!wrapped.provider().equals(NAME)
                || !MessageDigest.isEqual(wrapped.wrapped(), SlotCode.of(key, wrapped, binding))) {
            return Optional.empty();
        }
        return Optional.of(key.clone());
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(key, (byte) 0);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("raw key used after it was cleared");
        }
    }
}
