// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/** A byte array that grows by doubling. */
final class GrowingBytes {
    private byte[] bytes;
    private int size;

    GrowingBytes(int capacity) {
        this.bytes = new byte[capacity];
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void resize(int newSize) {
        reserve(Math.max(0, newSize - size));
        size = newSize;
    }

    /** Makes room for more bytes. */
    void reserve(int more) {
        long needed = (long) size + more;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a buffer holds at most 2 GiB; asked for " + needed + " bytes");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
        }
    }

    void putVarint(long value) {
        reserve(10);
        size = RunFormat.putVarint(bytes, size, value);
    }

    void putI32(int value) {
        reserve(4);
        RunFormat.putI32(bytes, size, value);
        size += 4;
    }

    void putI64(long value) {
        reserve(8);
        RunFormat.putI64(bytes, size, value);
        size += 8;
    }

    void put(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** Compares these bytes with others, as unsigned bytes. */
    int compareTo(byte[] other, int offset, int length) {
        return Arrays.compareUnsigned(bytes, 0, size, other, offset, offset + length);
    }
}
