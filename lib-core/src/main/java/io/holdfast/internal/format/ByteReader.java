// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote; every length is checked against what is left before anything is allocated. For one thread.
 *
 * <p>Malformed bytes are {@link IllegalArgumentException}; who knows the object turns that into an error with its name.
 */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    int octet() {
        require(1);
        return bytes[at++] & 0xff;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = octet();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is longer than 64 bits");
    }

    long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /** A count of things of which each takes at least one byte. */
    int count() {
        long value = number();
        if (value < 0 || value > end - at) {
            throw new IllegalArgumentException("a count of " + value + " is over the " + (end - at) + " bytes left");
        }
        return (int) value;
    }

    byte[] raw(int length) {
        require(length);
        byte[] value = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return value;
    }

    byte[] bytes() {
        return raw(count());
    }

    String text() {
        int length = count();
        require(length);
        if (isAscii(length)) {
            String value = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
            at += length;
            return value;
        }
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
            at += length;
            return value;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text is not UTF-8", e);
        }
    }

    /** Nearly all texts are, and those need no decoder. */
    private boolean isAscii(int length) {
        int all = 0;
        for (int i = at; i < at + length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    void requireEnd() {
        if (at != end) {
            throw new IllegalArgumentException((end - at) + " bytes are left over");
        }
    }

    private void require(int length) {
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException(length + " bytes are wanted and " + (end - at) + " are left");
        }
    }
}
