// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Numbers in as few bytes as they need, seven bits in each, the lowest first. */
final class Varints {
    private Varints() {}

    static void write(ByteBuffer out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** Throws {@link BufferUnderflowException} at the end and {@link IllegalArgumentException} over the limit. */
    static long read(ByteBuffer in, long most) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
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
