// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.util.Objects;

/**
 * A range of a byte array that a call may read or write; the array is shared, not copied.
 *
 * @param bytes the array
 * @param offset where the range begins
 * @param length how many bytes it has
 */
@SuppressWarnings("ArrayRecordComponent") // sharing the array is the point: no copy on the data path
public record Slice(byte[] bytes, int offset, int length) {

    /** Checks the range. */
    public Slice {
        Objects.checkFromIndexSize(offset, length, bytes.length);
    }

    /**
     * The whole of an array.
     *
     * @param bytes the array
     * @return a range over all of it
     */
    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }
}
