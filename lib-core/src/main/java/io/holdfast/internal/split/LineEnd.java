// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

/** What separates the lines of an encoded body. */
public enum LineEnd {
    LF("\n"),
    CRLF("\r\n");

    private final String characters;

    LineEnd(String characters) {
        this.characters = characters;
    }

    int bytes() {
        return characters.length();
    }

    /** Whether this line end stands in the array at the offset, wholly before the limit. */
    boolean standsAt(byte[] b, int offset, int limit) {
        if (this == LF) {
            return offset < limit && b[offset] == '\n';
        }
        return offset + 1 < limit && b[offset] == '\r' && b[offset + 1] == '\n';
    }

    /** Writes this line end and returns the offset behind it. */
    int put(byte[] b, int offset) {
        int at = offset;
        if (this == CRLF) {
            b[at++] = '\r';
        }
        b[at++] = '\n';
        return at;
    }
}
