// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Encryptor;
import io.holdfast.runtime.Randomness;
import java.util.Arrays;

/** A key slot with its secret and the repository key that it gave. {@link #close()} clears both. */
public final class OpenedSlot implements AutoCloseable {
    private final KeySlot slot;
    private final byte[] repositoryKey;
    private final byte[] secret;
    private volatile boolean closed;

    /** Takes over the arrays. */
    OpenedSlot(KeySlot slot, byte[] repositoryKey, byte[] secret) {
        this.slot = slot;
        this.repositoryKey = repositoryKey;
        this.secret = secret;
    }

    /**
     * The slot.
     *
     * @return the slot, which holds no secret
     */
    public KeySlot slot() {
        return slot;
    }

    /**
     * The keys of the repository.
     *
     * @param encryptor the suite of the repository
     * @param randomness where salts come from
     * @return the keys, which the caller closes
     */
    public RepositoryKeys keys(Encryptor encryptor, Randomness randomness) {
        checkOpen();
        return new RepositoryKeys(repositoryKey, slot.repositoryId(), encryptor, randomness);
    }

    /**
     * The repository key, to make another slot of it.
     *
     * @return 32 bytes, which the caller clears
     */
    public byte[] repositoryKey() {
        checkOpen();
        return repositoryKey.clone();
    }

    /** Clears the secret and the key. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(repositoryKey, (byte) 0);
        Arrays.fill(secret, (byte) 0);
    }

    /** The key of this slot's box in a ring. */
    byte[] ringBoxKey(byte[] ringSalt, int length) {
        checkOpen();
        byte[] info = Label.of("ring box")
                .with(slot.repositoryId())
                .with(slot.slotId())
                .bytes();
        return Hkdf.derive(secret, ringSalt, info, length);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("key slot used after its key was cleared");
        }
    }
}
