// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Arrays;

/** Blobs of one lane laid one after another until they are a frame. Used by one thread at a time; its arrays are used again. */
final class PlainFrame {
    /** A blob of this length or longer is a frame of its own. */
    static final int LARGE_BLOB_BYTES = 64 << 10;
    /** The most that a frame of several blobs holds: beyond, zstd takes larger tables and a fifth more time, and saves no more. */
    static final int CAPACITY = 128 << 10;

    private static final int MAX_BLOBS = 1 << 14;

    private final byte[] plain = new byte[CAPACITY];
    private FrameKind kind = FrameKind.CONTENT;
    private byte[] ids = new byte[64 * PackFormat.ID_BYTES];
    private int[] lengths = new int[64];
    private int length;
    private int blobs;

    PlainFrame begin(FrameKind newKind) {
        kind = newKind;
        length = 0;
        blobs = 0;
        return this;
    }

    /** Whether there is room for a blob of this length. */
    boolean takes(int count) {
        return length + count <= CAPACITY && blobs < MAX_BLOBS;
    }

    /** Adds a blob for which there is room. */
    void add(byte[] id, byte[] bytes, int offset, int count) {
        if (blobs == lengths.length) {
            lengths = Arrays.copyOf(lengths, blobs * 2);
            ids = Arrays.copyOf(ids, ids.length * 2);
        }
        System.arraycopy(bytes, offset, plain, length, count);
        System.arraycopy(id, 0, ids, blobs * PackFormat.ID_BYTES, PackFormat.ID_BYTES);
        lengths[blobs] = count;
        length += count;
        blobs++;
    }

    FrameKind kind() {
        return kind;
    }

    byte[] plain() {
        return plain;
    }

    int length() {
        return length;
    }

    byte[] ids() {
        return Arrays.copyOf(ids, blobs * PackFormat.ID_BYTES);
    }

    int[] lengths() {
        return Arrays.copyOf(lengths, blobs);
    }
}
