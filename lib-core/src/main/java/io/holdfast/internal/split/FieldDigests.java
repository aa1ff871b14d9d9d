// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Hashes the fields of header blocks so that folding and order do not count: each field is hashed alone, as its name in
 * lower case, a colon and its value with every stretch of white space as one space, and the hashes are sorted. A line that
 * is no field has an empty name. Memory is bounded: fields are sorted in groups of {@value #GROUP}.
 */
final class FieldDigests {
    private static final int GROUP = 1024;
    private static final int LONGEST_NAME = 128;

    private enum State {
        LINE_START,
        NAME,
        VALUE
    }

    private final MimeCanonical rules;
    private final MessageDigest out;
    private final MessageDigest field;
    private final List<byte[]> group = new ArrayList<>();
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[1024];
    private int buffered;
    private State state = State.LINE_START;
    private boolean open;
    private boolean counts;
    private boolean spaceDue;
    private boolean valueBegun;

    FieldDigests(MimeCanonical rules, MessageDigest out) {
        this.rules = rules;
        this.out = out;
        this.field = rules.newDigest();
    }

    void update(byte[] b, int off, int len) {
        for (int at = off; at < off + len; at++) {
            byte c = b[at];
            if (state == State.LINE_START) {
                startLine(c);
            }
            switch (state) {
                case NAME -> nameByte(c);
                case VALUE -> valueByte(c);
                case LINE_START -> {}
            }
        }
    }

    private void startLine(byte c) {
        if (c == '\r' || c == '\n') {
            return;
        }
        if ((c == ' ' || c == '\t') && open) {
            state = State.VALUE;
            return;
        }
        endField();
        name.reset();
        state = State.NAME;
    }

    private void nameByte(byte c) {
        if (c == ':') {
            startField(name.toString(StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT));
            state = State.VALUE;
        } else if (c == '\n' || name.size() == LONGEST_NAME) {
            startField("");
            state = State.VALUE;
            for (byte held : name.toByteArray()) {
                valueByte(held);
            }
            valueByte(c);
        } else {
            name.write(c);
        }
    }

    private void startField(String fieldName) {
        open = true;
        counts = rules.counts(fieldName);
        spaceDue = false;
        valueBegun = false;
        if (counts) {
            field.update(fieldName.getBytes(StandardCharsets.ISO_8859_1));
            field.update((byte) ':');
        }
    }

    private void valueByte(byte c) {
        if (c == '\n') {
            spaceDue = valueBegun;
            state = State.LINE_START;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            spaceDue = valueBegun;
        } else if (counts) {
            if (spaceDue) {
                put((byte) ' ');
            }
            spaceDue = false;
            valueBegun = true;
            put(c);
        }
    }

    private void put(byte c) {
        if (buffered == buffer.length) {
            flush();
        }
        buffer[buffered++] = c;
    }

    private void flush() {
        field.update(buffer, 0, buffered);
        buffered = 0;
    }

    private void endField() {
        if (open && counts) {
            flush();
            group.add(field.digest());
            if (group.size() == GROUP) {
                endGroup();
            }
        }
        open = false;
    }

    /** The block is complete; the next call of {@link #update} begins another. */
    void finish() {
        if (state == State.NAME) {
            nameByte((byte) '\n');
        }
        endField();
        if (!group.isEmpty()) {
            endGroup();
        }
        putCount(0);
        state = State.LINE_START;
    }

    private void endGroup() {
        group.sort(Arrays::compareUnsigned);
        putCount(group.size());
        group.forEach(out::update);
        group.clear();
    }

    private void putCount(int count) {
        out.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, count));
    }
}
