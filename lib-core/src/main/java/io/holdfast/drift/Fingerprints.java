// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import io.holdfast.internal.varint.Varints;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A bounded set of fingerprints of 40 bits: with ten thousand of them a new thing is taken for a known one once in a hundred million times. Sorted, since
 * almost every question is about a known one. Not safe for use by several threads.
 */
final class Fingerprints {
    static final int MOST = 10_000;
    private static final byte VERSION = 1;
    private static final int BITS = 40;
    private static final long MASK = (1L << BITS) - 1;
    private static final int LONGEST_NUMBER = 6;

    private long[] sorted = new long[64];
    private int size;

    /** FNV-1a over the characters, stirred so that all bits depend on all of them; the same in every process. */
    static long of(char kind, String operation, String path, String what) {
        long hash = mix(0xcbf29ce484222325L, String.valueOf(kind));
        hash = mix(mix(mix(hash, operation), path), what);
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return (hash ^ hash >>> 31) & MASK;
    }

    private static long mix(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        // Where one text ends and the next begins counts, too.
        return (hash ^ 0x1ffff) * 0x100000001b3L;
    }

    boolean contains(long fingerprint) {
        return Arrays.binarySearch(sorted, 0, size, fingerprint) >= 0;
    }

    boolean isFull() {
        return size >= MOST;
    }

    int size() {
        return size;
    }

    /** True if it was not there and there was room. */
    boolean add(long fingerprint) {
        int at = Arrays.binarySearch(sorted, 0, size, fingerprint);
        if (at >= 0 || isFull()) {
            return false;
        }
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, Math.min(MOST, size * 2));
        }
        int insert = -at - 1;
        System.arraycopy(sorted, insert, sorted, insert + 1, size - insert);
        sorted[insert] = fingerprint;
        size++;
        return true;
    }

    void addAll(Fingerprints other) {
        for (int i = 0; i < other.size; i++) {
            boolean added = add(other.sorted[i]);
            if (!added && isFull()) {
                return;
            }
        }
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(1 + (size + 1) * LONGEST_NUMBER);
        out.put(VERSION);
        Varints.write(out, size);
        long last = 0;
        for (int i = 0; i < size; i++) {
            Varints.write(out, sorted[i] - last);
            last = sorted[i];
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Throws {@link java.nio.BufferUnderflowException} or {@link IllegalArgumentException} if it is not such a form. */
    static Fingerprints read(byte[] form) {
        ByteBuffer in = ByteBuffer.wrap(form);
        if (in.get() != VERSION) {
            throw new IllegalArgumentException("another version");
        }
        long count = Varints.read(in, MOST);
        Fingerprints read = new Fingerprints();
        long last = 0;
        for (long i = 0; i < count; i++) {
            last = (last + Varints.read(in, MASK)) & MASK;
            boolean fresh = read.add(last);
            if (!fresh) {
                throw new IllegalArgumentException("a fingerprint twice");
            }
        }
        return read;
    }
}
