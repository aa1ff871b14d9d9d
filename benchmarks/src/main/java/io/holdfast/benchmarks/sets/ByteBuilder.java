// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that is reused from item to item. Not thread-safe. */
final class ByteBuilder {
    private static final byte[] CRLF = {'\r', '\n'};

    private byte[] bytes;
    private int length;

    ByteBuilder() {
        this(64 * 1024);
    }

    ByteBuilder(int capacity) {
        this.bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    ByteBuilder text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteBuilder line(String text) {
        return text(text).bytes(CRLF);
    }

    ByteBuilder bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    ByteBuilder bytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    ByteBuilder put(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    ByteBuilder random(SeededStream stream, int count) {
        reserve(count);
        stream.fill(bytes, length, count);
        length += count;
        return this;
    }

    byte at(int index) {
        return bytes[index];
    }

    void set(int index, int value) {
        bytes[index] = (byte) value;
    }

    void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
