// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import io.holdfast.runtime.Randomness;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The random keys of content, one for each epoch from 1 (FORMAT.md, "The ring of data keys").
 *
 * <p>They do not derive from the repository key, so that a rotation shuts out whoever knows that key alone. The last
 * epoch seals new frames; all epochs open old ones. Grows by {@link #adopt}, until {@link #close()} clears it; safe for use by several threads.
 */
public final class DataKeyRing implements AutoCloseable {

    /** The most epochs that a ring can have. */
    public static final int MAX_EPOCHS = 4096;

    private static final int KEY_BYTES = 32;

    private volatile byte[][] keys;
    private volatile boolean closed;

    private DataKeyRing(byte[][] keys) {
        this.keys = keys;
    }

    /**
     * The ring of a new repository.
     *
     * @param randomness where the key comes from
     * @return a ring of one epoch
     */
    public static DataKeyRing first(Randomness randomness) {
        return new DataKeyRing(new byte[][] {randomness.bytes(KEY_BYTES)});
    }

    /**
     * A ring with one more epoch. This one stays as it is.
     *
     * @param randomness where the new key comes from
     * @return the longer ring
     */
    public DataKeyRing rotated(Randomness randomness) {
        if (keys.length == MAX_EPOCHS) {
            throw new KeyException(
                    ErrorCode.KEY_PARAMETERS,
                    "The key ring has " + MAX_EPOCHS + " epochs already",
                    "Copy the repository to one with new keys");
        }
        byte[][] longer = new byte[keys.length + 1][];
        for (int i = 0; i < keys.length; i++) {
            longer[i] = key(i + 1).clone();
        }
        longer[keys.length] = randomness.bytes(KEY_BYTES);
        return new DataKeyRing(longer);
    }

    /**
     * Takes over the epochs that a longer ring of the same repository has more, so that what holds this ring seals with the newest.
     *
     * @param longer the other ring, which stays the caller's
     */
    public synchronized void adopt(DataKeyRing longer) {
        byte[][] all = new byte[Math.max(keys.length, longer.newest())][];
        for (int i = 0; i < all.length; i++) {
            boolean both = i < keys.length && i < longer.newest();
            if (both && !MessageDigest.isEqual(key(i + 1), longer.key(i + 1))) {
                throw new IllegalArgumentException("the other ring has another data key of epoch " + (i + 1));
            }
            all[i] = i < keys.length ? key(i + 1) : longer.key(i + 1).clone();
        }
        keys = all;
    }

    /**
     * The epoch that seals new frames.
     *
     * @return the epoch, from 1
     */
    public int newest() {
        return keys.length;
    }

    /** Clears the keys; the ring cannot be used afterwards. */
    @Override
    public synchronized void close() {
        closed = true;
        for (byte[] key : keys) {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The key of an epoch; not a copy. */
    byte[] key(int epoch) {
        if (closed) {
            throw new IllegalStateException("key ring used after it was cleared");
        }
        if (epoch < 1 || epoch > keys.length) {
            throw new KeyException(
                    ErrorCode.KEY_REFUSED,
                    "The key ring has no data key of epoch " + epoch + "; its newest is " + keys.length,
                    "Open the repository with a key that was in use when epoch " + epoch + " was started");
        }
        return keys[epoch - 1];
    }

    byte[] encoded() {
        ByteBuffer out =
                ByteBuffer.allocate(Integer.BYTES + keys.length * KEY_BYTES).putInt(keys.length);
        for (int epoch = 1; epoch <= keys.length; epoch++) {
            out.put(key(epoch));
        }
        return out.array();
    }

    /** How many epochs an encoded ring of a length has. */
    static int epochs(long encodedBytes) {
        return (int) ((encodedBytes - Integer.BYTES) / KEY_BYTES);
    }

    static DataKeyRing decoded(byte[] bytes) throws SealBrokenException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int epochs = bytes.length < Integer.BYTES ? 0 : in.getInt();
        if (epochs < 1 || epochs > MAX_EPOCHS || bytes.length != Integer.BYTES + epochs * KEY_BYTES) {
            throw new SealBrokenException("key ring of " + bytes.length + " bytes names " + epochs + " epochs");
        }
        byte[][] keys = new byte[epochs][KEY_BYTES];
        for (byte[] key : keys) {
            in.get(key);
        }
        return new DataKeyRing(keys);
    }
}
