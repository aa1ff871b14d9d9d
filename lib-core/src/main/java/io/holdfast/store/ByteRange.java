// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;

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

    /**
     * This range as it lies within an object of a known length.
     *
     * @param name the object, for the message
     * @param objectLength its length in bytes
     * @return offset and length of the bytes that there are
     * @throws StoreException with {@code STORE_SHORT_READ} if the offset is over 0 and not below the object's length
     */
    public Extent within(ObjectName name, long objectLength) {
        if (fromEnd) {
            long count = Math.min(length, objectLength);
            return new Extent(objectLength - count, count);
        }
        if (offset > 0 && offset >= objectLength) {
            throw new StoreException(
                    ErrorCode.STORE_SHORT_READ,
                    "object '" + name + "' has " + objectLength + " bytes; bytes from " + offset + " were asked for",
                    "Run verify: the object is shorter than what refers to it says");
        }
        return new Extent(offset, Math.min(length, objectLength - offset));
    }

    /**
     * Where bytes lie within an object.
     *
     * @param offset the first byte
     * @param length how many; 0 only for an empty object
     */
    public record Extent(long offset, long length) {
        /** Checks the numbers. */
        public Extent {
            if (offset < 0 || length < 0) {
                throw new IllegalArgumentException("extent of " + length + " bytes from " + offset);
            }
        }
    }
}
