// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static io.holdfast.internal.seal.SegmentSealer.SEGMENT_BYTES;

/**
 * Neighbouring segments of one sealed range: what a ranged read must fetch to open a part of it.
 *
 * @param first the number of the first segment
 * @param count how many segments, at least one
 * @param plainLength the length of the whole range's plaintext in bytes
 */
public record SegmentRange(int first, int count, long plainLength) {

    /** Checks that the segments are in the range. */
    public SegmentRange {
        long segments = SegmentSealer.segments(plainLength);
        if (plainLength < 0
                || segments > Integer.MAX_VALUE
                || first < 0
                || count < 1
                || (long) first + count > segments) {
            throw new IllegalArgumentException(count + " segments from " + first + " are not in the " + segments
                    + " segments of " + plainLength + " bytes");
        }
    }

    /**
     * The segments that hold some bytes of the plaintext.
     *
     * @param offset where the bytes begin
     * @param length how many, at least one
     * @param plainLength the length of the whole range's plaintext
     * @return the segments
     */
    public static SegmentRange covering(long offset, int length, long plainLength) {
        if (offset < 0 || length < 1 || offset > plainLength - length) {
            throw new IllegalArgumentException(
                    length + " bytes from " + offset + " are not in " + plainLength + " bytes");
        }
        int first = Math.toIntExact(offset / SEGMENT_BYTES);
        int last = Math.toIntExact((offset + length - 1) / SEGMENT_BYTES);
        return new SegmentRange(first, last - first + 1, plainLength);
    }

    /**
     * Where the plaintext of the first segment begins in the range.
     *
     * @return the offset in bytes
     */
    public long plainOffset() {
        return (long) first * SEGMENT_BYTES;
    }

    /**
     * How long the plaintext of the segments is.
     *
     * @return the length in bytes
     */
    public long plainBytes() {
        return Math.min((long) count * SEGMENT_BYTES, plainLength - plainOffset());
    }

    /**
     * Where the segments begin in the sealed bytes.
     *
     * @param tagBytes by how much a segment grows
     * @return the offset in bytes
     */
    public long sealedOffset(int tagBytes) {
        return (long) first * (SEGMENT_BYTES + tagBytes);
    }

    /**
     * How long the segments are in the sealed bytes.
     *
     * @param tagBytes by how much a segment grows
     * @return the length in bytes
     */
    public long sealedLength(int tagBytes) {
        return plainBytes() + (long) count * tagBytes;
    }

    long segments() {
        return SegmentSealer.segments(plainLength);
    }
}
