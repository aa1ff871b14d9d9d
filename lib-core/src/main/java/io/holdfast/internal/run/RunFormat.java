// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The constants of FORMAT.md, Sorted runs, and access to little-endian numbers. */
final class RunFormat {
    static final byte[] MAGIC = {'H', 'F', 'R', 'U', 'N'};
    static final byte[] FOOTER_MAGIC = {'H', 'F', 'R', 'E'};
    static final int VERSION = 1;
    static final int HEADER_BYTES = 40;
    static final int SALT_OFFSET = 8;
    /** A copy of the header, the run's length, the tail's plain length, magic. */
    static final int FOOTER_BYTES = HEADER_BYTES + 8 + 4 + 4;

    static final int RESTART_INTERVAL = 16;
    static final int BLOCK_BYTES = 16 << 10;
    static final int MAX_BLOCK_BYTES = 16 << 20;
    static final int MAX_KEY_BYTES = 32 << 10;
    static final int MAX_VALUE_BYTES = 15 << 20;
    static final int MAX_TAIL_BYTES = 512 << 20;
    static final int MAX_EXTRA_BYTES = 64 << 20;
    static final int MAX_FIRST_KEYS_BYTES = 1 << 30;

    /** The tail and filters are cut into messages of this plain length: longer ones are slow in a young JVM. */
    static final int MESSAGE_BYTES = 32 << 10;

    static final int MAX_BLOCKS = Integer.MAX_VALUE - 8;
    static final long FILTER_NUMBERS = 1L << 31;
    static final long TAIL_NUMBERS = 3L << 30;
    static final int FILTER_PART_KEYS = 1_000_000;

    static final byte CODEC_RAW = 0;
    static final byte CODEC_ZSTD = 1;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private RunFormat() {}

    static int u16(byte[] bytes, int offset) {
        return (short) SHORT.get(bytes, offset) & 0xFFFF;
    }

    static void putU16(byte[] bytes, int offset, int value) {
        SHORT.set(bytes, offset, (short) value);
    }

    static int i32(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static void putI32(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    static long i64(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static void putI64(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    static long bigEndianI64(byte[] bytes, int offset) {
        return (long) BIG_LONG.get(bytes, offset);
    }

    /** Writes an unsigned LEB128 number of at most ten bytes and returns the offset after it. */
    static int putVarint(byte[] bytes, int offset, long value) {
        int at = offset;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }
}
