// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the unambiguous byte strings that say what a key, a code or a seal is for (FORMAT.md, "Labels").
 *
 * <p>A label is {@code "holdfast/1 "}, a purpose and a zero byte, then each field with its length in four bytes before it. Two labels
 * with different purposes or fields are never the same bytes.
 */
final class Label {
    private static final String PREFIX = "holdfast/1 ";

    private final byte[] purpose;
    private final List<byte[]> fields = new ArrayList<>();

    private Label(String purpose) {
        this.purpose = (PREFIX + purpose + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    static Label of(String purpose) {
        return new Label(purpose);
    }

    Label with(byte[] field) {
        fields.add(field);
        return this;
    }

    Label with(String field) {
        return with(field.getBytes(StandardCharsets.UTF_8));
    }

    Label with(long number) {
        return with(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    byte[] bytes() {
        int length = purpose.length;
        for (byte[] field : fields) {
            length = Math.addExact(length, Integer.BYTES + field.length);
        }
        ByteBuffer out = ByteBuffer.allocate(length).put(purpose);
        for (byte[] field : fields) {
            out.putInt(field.length).put(field);
        }
        return out.array();
    }
}
