// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Slice;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 under one key, for many messages: blob ids, digests, keyed names, the code of a descriptor.
 *
 * <p>Thread-safe and lock-free. A few keyed {@code Mac} objects are kept, chosen by the thread's id.
 */
public final class KeyedHash implements AutoCloseable {

    /** The length of a hash in bytes. */
    public static final int BYTES = Hmac.BYTES;

    private static final int SLOTS = 32;

    private final byte[] key;
    private final AtomicReferenceArray<@Nullable Mac> idle = new AtomicReferenceArray<>(SLOTS);
    private volatile boolean closed;

    KeyedHash(byte[] key) {
        this.key = key.clone();
    }

    /**
     * The hash of a range.
     *
     * @param message what is hashed
     * @return 32 bytes
     */
    public byte[] of(Slice message) {
        Mac mac = take();
        mac.update(message.bytes(), message.offset(), message.length());
        byte[] hash = mac.doFinal();
        giveBack(mac);
        return hash;
    }

    /**
     * The hash of an array.
     *
     * @param message what is hashed
     * @return 32 bytes
     */
    public byte[] of(byte[] message) {
        return of(Slice.of(message));
    }

    /**
     * Whether a hash is that of a message; the time taken does not depend on where the two differ.
     *
     * @param message what was hashed
     * @param hash the hash to check
     * @return true if it is
     */
    public boolean matches(Slice message, byte[] hash) {
        return MessageDigest.isEqual(of(message), hash);
    }

    /** Clears the key; the hash cannot be used afterwards. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(key, (byte) 0);
        for (int i = 0; i < SLOTS; i++) {
            idle.set(i, null);
        }
    }

    private Mac take() {
        if (closed) {
            throw new IllegalStateException("keyed hash used after its keys were cleared");
        }
        Mac pooled = idle.getAndSet(slot(), null);
        return pooled == null ? Hmac.keyed(key) : pooled;
    }

    private void giveBack(Mac mac) {
        if (!closed) {
            idle.set(slot(), mac);
        }
    }

    private static int slot() {
        return (int) (Thread.currentThread().getId() & (SLOTS - 1));
    }
}
