// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.varint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Numbers that are not negative, seven bits in each byte, the lowest first. */
public final class Varints {
    private Varints() {}

    /** Writes a number; up to nine bytes. */
    public static void write(ByteBuffer out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** Reads a number; {@link BufferUnderflowException} at the end, {@link IllegalArgumentException} over the limit. */
    public static long read(ByteBuffer in, long most) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                if (value > most) {
                    break;
                }
                return value;
            }
        }
        throw new IllegalArgumentException("a number over " + most);
    }
}
