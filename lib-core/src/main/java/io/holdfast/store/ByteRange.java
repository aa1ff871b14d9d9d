// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

/**
 * Which bytes of an object to read.
 *
 * @param offset the first byte, counted from 0, or from the end if {@code fromEnd}
 * @param length how many bytes at most; {@code Long.MAX_VALUE} for all that follow
 * @param fromEnd whether the range is the last {@code length} bytes of the object; then the offset is 0
 */
public record ByteRange(long offset, long length, boolean fromEnd) {

    /** Checks the numbers. */
    public ByteRange {
        if (offset < 0 || length < 1 || fromEnd && offset != 0) {
            throw new IllegalArgumentException("byte range from " + offset + " of length " + length
                    + (fromEnd ? " counted from the end" : "") + "; offset must not be negative, length at least 1");
        }
    }

    /**
     * The whole object.
     *
     * @return the range
     */
    public static ByteRange all() {
        return new ByteRange(0, Long.MAX_VALUE, false);
    }

    /**
     * Some bytes from an offset.
     *
     * @param offset the first byte
     * @param length how many at most
     * @return the range
     */
    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, length, false);
    }

    /**
     * The last bytes.
     *
     * @param length how many at most
     * @return the range
     */
    public static ByteRange last(long length) {
        return new ByteRange(0, length, true);
    }
}
