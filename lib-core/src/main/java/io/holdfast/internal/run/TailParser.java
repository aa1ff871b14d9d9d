// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.error.RepositoryException;
import java.util.Arrays;

/** Reads the plain tail of a run; every number is checked before it is used. */
final class TailParser {
    private static final String PLACE = "the tail";

    private final String run;
    private final byte[] bytes;
    private int at;

    TailParser(String run, byte[] bytes) {
        this.run = run;
        this.bytes = bytes;
    }

    int i32(String what) {
        require(4);
        int value = RunFormat.i32(bytes, at);
        at += 4;
        if (value < 0) {
            throw damaged(what + " is " + (value & 0xFFFFFFFFL));
        }
        return value;
    }

    long i64(String what) {
        long value = anyI64();
        if (value < 0) {
            throw damaged(what + " is " + Long.toUnsignedString(value));
        }
        return value;
    }

    long anyI64() {
        require(8);
        long value = RunFormat.i64(bytes, at);
        at += 8;
        return value;
    }

    long varint(String what, long lowest, long highest) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            require(1);
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (value < lowest || value > highest) {
                    throw damaged(what + " is " + value + ", not " + lowest + " to " + highest);
                }
                return value;
            }
        }
        throw damaged(what + " is no number");
    }

    int length(String what, int lowest, int highest) {
        return (int) varint(what, lowest, highest);
    }

    byte[] bytes(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    int remaining() {
        return bytes.length - at;
    }

    RepositoryException damaged(String what) {
        return RunDamage.in(run, PLACE, what);
    }

    private void require(int length) {
        if (length > bytes.length - at) {
            throw damaged("it ends " + (length - (bytes.length - at)) + " bytes too early");
        }
    }
}
