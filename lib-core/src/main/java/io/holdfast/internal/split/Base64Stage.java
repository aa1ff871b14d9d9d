// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.util.Arrays;

/** Decodes base64 as tolerantly as mail programs do: characters outside the alphabet are skipped, padding ends a group. */
final class Base64Stage implements BodyStage {
    private static final byte[] VALUES = values();

    private final BodyStage next;
    private final byte[] buffer = new byte[3 << 10];
    private int buffered;
    private int group;
    private int characters;

    Base64Stage(BodyStage next) {
        this.next = next;
    }

    @Override
    public void write(byte[] b, int off, int len) {
        for (int at = off; at < off + len; at++) {
            int value = VALUES[b[at] & 0xff];
            if (value >= 0) {
                group = group << 6 | value;
                characters++;
                if (characters == 4) {
                    put(3);
                }
            } else if (b[at] == '=') {
                endGroup();
            }
        }
    }

    /** Two characters make a byte, three make two; a single one means nothing. */
    private void endGroup() {
        int bytes = Math.max(0, characters - 1);
        group <<= 6 * (4 - characters);
        put(bytes);
    }

    private void put(int bytes) {
        if (buffered + 3 > buffer.length) {
            flush();
        }
        for (int i = 0; i < bytes; i++) {
            buffer[buffered++] = (byte) (group >> (16 - 8 * i));
        }
        group = 0;
        characters = 0;
    }

    private void flush() {
        next.write(buffer, 0, buffered);
        buffered = 0;
    }

    @Override
    public void end(boolean byDelimiter) {
        endGroup();
        flush();
        next.end(byDelimiter);
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 26; i++) {
            values['A' + i] = (byte) i;
            values['a' + i] = (byte) (26 + i);
        }
        for (int i = 0; i < 10; i++) {
            values['0' + i] = (byte) (52 + i);
        }
        values['+'] = 62;
        values['/'] = 63;
        return values;
    }
}
