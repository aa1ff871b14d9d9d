// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Arrays;
import java.util.Objects;

/**
 * One frame as a pack's directory names it. The arrays are shared, not copied, and never change.
 *
 * @param kind what its blobs are
 * @param start where it begins in the pack
 * @param storedLength how long it is there, in bytes
 * @param salt its 32-byte salt
 * @param ids the ids of its blobs, 20 bytes each, in the order in which they lie in the plaintext
 * @param lengths the plain lengths of its blobs; they lie one after another without gaps
 */
@SuppressWarnings("ArrayRecordComponent") // part of a decoded file format; compared by nobody
public record FrameEntry(FrameKind kind, long start, int storedLength, byte[] salt, byte[] ids, int[] lengths) {

    /** Checks the lengths. */
    public FrameEntry {
        Objects.requireNonNull(kind, "kind");
        if (salt.length != PackFormat.SALT_BYTES || ids.length != lengths.length * PackFormat.ID_BYTES) {
            throw new IllegalArgumentException("frame with a salt of " + salt.length + " bytes, ids of " + ids.length
                    + " bytes and " + lengths.length + " lengths");
        }
        if (start < 0 || storedLength < 1 || storedLength > PackFormat.MAX_STORED_FRAME_BYTES || lengths.length == 0) {
            throw new IllegalArgumentException(
                    "frame at " + start + " of " + storedLength + " bytes with " + lengths.length + " blobs");
        }
    }

    /**
     * How many blobs it holds.
     *
     * @return at least 1
     */
    public int blobs() {
        return lengths.length;
    }

    /**
     * The id of a blob.
     *
     * @param index 0 to {@link #blobs()} - 1
     * @return a copy of 20 bytes
     */
    public byte[] id(int index) {
        Objects.checkIndex(index, lengths.length);
        return Arrays.copyOfRange(ids, index * PackFormat.ID_BYTES, (index + 1) * PackFormat.ID_BYTES);
    }

    /**
     * How long the frame's plaintext is.
     *
     * @return bytes
     */
    public int plainLength() {
        int sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        return sum;
    }

    /**
     * Where the frame ends in the pack.
     *
     * @return the offset of the first byte after it
     */
    public long end() {
        return start + storedLength;
    }
}
