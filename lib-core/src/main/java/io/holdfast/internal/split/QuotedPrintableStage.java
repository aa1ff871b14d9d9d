// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

/**
 * Decodes quoted-printable (RFC 2045 section 6.7) tolerantly: white space at the end of a line is transport padding, an
 * escape that is none stays as it is.
 */
final class QuotedPrintableStage implements BodyStage {
    private enum State {
        PLAIN,
        ESCAPE,
        SECOND_DIGIT
    }

    private final BodyStage next;
    private final byte[] buffer = new byte[4 << 10];
    private final byte[] space = new byte[1 << 10];
    private int buffered;
    private int spaces;
    private byte firstDigit;
    private State state = State.PLAIN;

    QuotedPrintableStage(BodyStage next) {
        this.next = next;
    }

    @Override
    public void write(byte[] b, int off, int len) {
        for (int at = off; at < off + len; at++) {
            take(b[at]);
        }
    }

    private void take(byte c) {
        switch (state) {
            case PLAIN -> plain(c);
            case ESCAPE -> escape(c);
            case SECOND_DIGIT -> secondDigit(c);
        }
    }

    private void plain(byte c) {
        if (c == ' ' || c == '\t' || c == '\r') {
            if (spaces == space.length) {
                keepSpaces();
            }
            space[spaces++] = c;
        } else if (c == '\n') {
            boolean carriageReturn = spaces > 0 && space[spaces - 1] == '\r';
            spaces = 0;
            if (carriageReturn) {
                put((byte) '\r');
            }
            put(c);
        } else {
            keepSpaces();
            if (c == '=') {
                state = State.ESCAPE;
            } else {
                put(c);
            }
        }
    }

    private void escape(byte c) {
        if (hex(c) >= 0) {
            firstDigit = c;
            state = State.SECOND_DIGIT;
        } else if (c == '\n') {
            state = State.PLAIN;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            put((byte) '=');
            state = State.PLAIN;
            plain(c);
        }
    }

    private void secondDigit(byte c) {
        state = State.PLAIN;
        if (hex(c) >= 0) {
            put((byte) (hex(firstDigit) << 4 | hex(c)));
        } else {
            put((byte) '=');
            put(firstDigit);
            plain(c);
        }
    }

    private static int hex(byte c) {
        return c < 0 ? -1 : Character.digit(c, 16);
    }

    private void keepSpaces() {
        for (int i = 0; i < spaces; i++) {
            put(space[i]);
        }
        spaces = 0;
    }

    private void put(byte c) {
        if (buffered == buffer.length) {
            flush();
        }
        buffer[buffered++] = c;
    }

    private void flush() {
        next.write(buffer, 0, buffered);
        buffered = 0;
    }

    @Override
    public void end(boolean byDelimiter) {
        if (state == State.SECOND_DIGIT) {
            put((byte) '=');
            put(firstDigit);
        }
        flush();
        next.end(byDelimiter);
    }
}
