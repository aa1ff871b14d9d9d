// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Writes canonical JSON text. While an object is open all is held back, since its members have to be sorted. */
final class JsonText {
    private static final int FLUSH_BYTES = 8 << 10;
    private static final String HEX = "0123456789abcdef";

    private final OutputStream out;
    private final int maxHeld;
    private byte[] held = new byte[FLUSH_BYTES + 64];
    private int length;
    private int openObjects;
    /** Where the outermost open object begins. */
    private int outermost;

    JsonText(OutputStream out, int maxHeld) {
        this.out = out;
        this.maxHeld = maxHeld;
    }

    /** The members of one open object: where each begins in the held text. */
    static final class Members {
        private record Member(String name, int start, int end) {}

        private final List<Member> members = new ArrayList<>();
        private final JsonText text;
        private final int start;

        private Members(JsonText text) {
            this.text = text;
            this.start = text.length;
        }

        /** A member begins, and the one before it ends, here. */
        void start(String name) {
            end();
            members.add(new Member(name, text.length, text.length));
        }

        private void end() {
            if (!members.isEmpty()) {
                int last = members.size() - 1;
                Member open = members.get(last);
                members.set(last, new Member(open.name(), open.start(), text.length));
            }
        }
    }

    Members startObject() throws IOException {
        if (openObjects == 0) {
            outermost = length;
        }
        openObjects++;
        ascii("{");
        return new Members(this);
    }

    void endObject(Members object) throws IOException {
        object.end();
        List<Members.Member> sorted = new ArrayList<>(object.members);
        // String.compareTo goes by UTF-16 code units, as RFC 8785 section 3.2.3 wants it.
        sorted.sort(Comparator.comparing(Members.Member::name));
        byte[] members = Arrays.copyOfRange(held, object.start, length);
        length = object.start;
        String before = null;
        for (Members.Member member : sorted) {
            if (member.name().equals(before)) {
                throw new JsonFormException("has a name twice in one object");
            }
            if (before != null) {
                put((byte) ',');
            }
            before = member.name();
            put(members, member.start() - object.start, member.end() - member.start());
        }
        put((byte) '}');
        openObjects--;
        flush(FLUSH_BYTES);
    }

    void ascii(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        put(bytes, 0, bytes.length);
        flush(FLUSH_BYTES);
    }

    /** A string with the escapes of RFC 8785 section 3.2.2.2, and no others. */
    void string(String value) throws IOException {
        put((byte) '"');
        int plain = 0;
        for (int at = 0; at < value.length(); at++) {
            String escape = escape(value, at);
            if (!escape.isEmpty()) {
                utf8(value.substring(plain, at));
                ascii(escape);
                plain = at + 1;
            } else if (Character.isHighSurrogate(value.charAt(at))) {
                at++;
            }
        }
        utf8(value.substring(plain));
        put((byte) '"');
    }

    private void utf8(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(bytes, 0, bytes.length);
    }

    private static String escape(String value, int at) {
        char c = value.charAt(at);
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default -> c < ' ' || isLoneSurrogate(value, at) ? unicodeEscape(c) : "";
        };
    }

    /** Asked only of characters that do not follow a high surrogate which they complete. */
    private static boolean isLoneSurrogate(String value, int at) {
        char c = value.charAt(at);
        boolean completed = Character.isHighSurrogate(c)
                && at + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(at + 1));
        return Character.isSurrogate(c) && !completed;
    }

    private static String unicodeEscape(char c) {
        StringBuilder out = new StringBuilder("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
        return out.toString();
    }

    void number(String token) throws IOException {
        ascii(JsonNumber.canonical(token));
    }

    /** All is written; only now is the last of it handed on. */
    void finish() throws IOException {
        flush(0);
    }

    private void put(byte b) throws IOException {
        reserve(1);
        held[length++] = b;
    }

    private void put(byte[] b, int off, int len) throws IOException {
        reserve(len);
        System.arraycopy(b, off, held, length, len);
        length += len;
    }

    private void reserve(int more) throws IOException {
        if (openObjects > 0 && more > maxHeld - (length - outermost)) {
            throw new JsonFormException("has an object of more than " + maxHeld + " bytes");
        }
        if (more > held.length - length) {
            held = Arrays.copyOf(held, Math.max(length + more, (int)
                    Math.min(2L * held.length, Integer.MAX_VALUE - 8)));
        }
    }

    private void flush(int above) throws IOException {
        if (openObjects == 0 && length > above) {
            out.write(held, 0, length);
            length = 0;
        }
    }
}
