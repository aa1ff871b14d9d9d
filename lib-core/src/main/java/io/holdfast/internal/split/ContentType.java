// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A MIME Content-Type (RFC 2045 section 5), read tolerantly: whatever cannot be understood is left out.
 *
 * @param mediaType {@code type/subtype} in lower case, empty if there is none
 * @param parameters by name in lower case, values unquoted; the first of two with one name
 */
record ContentType(String mediaType, SortedMap<String, String> parameters) {
    static final ContentType TEXT = new ContentType("text/plain", new TreeMap<>());
    static final ContentType MESSAGE = new ContentType("message/rfc822", new TreeMap<>());

    ContentType {
        parameters = new TreeMap<>(parameters);
    }

    /** Reads a field's value, one char per byte (ISO-8859-1), so that a boundary keeps its exact bytes. */
    static ContentType parse(String field) {
        Cursor cursor = new Cursor(field);
        String mediaType = cursor.upTo(";").toLowerCase(Locale.ROOT);
        SortedMap<String, String> parameters = new TreeMap<>();
        while (cursor.skip(';')) {
            String name = cursor.upTo("=;").toLowerCase(Locale.ROOT);
            String value = cursor.skip('=') ? cursor.value() : "";
            if (!name.isEmpty()) {
                parameters.putIfAbsent(name, value);
            }
        }
        return new ContentType(mediaType, parameters);
    }

    boolean isMultipart() {
        return mediaType.startsWith("multipart/");
    }

    boolean isDigest() {
        return mediaType.equals("multipart/digest");
    }

    boolean isMessage() {
        return mediaType.equals("message/rfc822") || mediaType.equals("message/global");
    }

    boolean isText() {
        return mediaType.startsWith("text/");
    }

    /** The multipart delimiter without its hyphens, empty if there is none. */
    String boundary() {
        return parameters.getOrDefault("boundary", "").stripTrailing();
    }

    /**
     * The type and its parameters in one spelling, each on a line of its own, by name. Without the boundary, which each
     * rendering chooses anew; the charset's name in lower case.
     */
    String canonical() {
        StringBuilder out = new StringBuilder(mediaType);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            String value = parameter.getValue();
            if (!name.equals("boundary")) {
                out.append('\n').append(name).append('=');
                out.append(name.equals("charset") ? value.toLowerCase(Locale.ROOT) : value);
            }
        }
        return out.toString();
    }

    /** Walks over a structured field; comments in parentheses count as nothing (RFC 5322 section 3.2.2). */
    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        boolean skip(char wanted) {
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        String upTo(String stops) {
            StringBuilder out = new StringBuilder();
            while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
                if (text.charAt(at) == '(') {
                    skipComment();
                } else {
                    out.append(text.charAt(at++));
                }
            }
            return out.toString().strip();
        }

        String value() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
            if (!skip('"')) {
                return upTo(";");
            }
            StringBuilder out = new StringBuilder();
            while (at < text.length() && !skip('"')) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                out.append(text.charAt(at++));
            }
            upTo(";");
            return out.toString();
        }

        private void skipComment() {
            int depth = 0;
            do {
                char c = text.charAt(at++);
                if (c == '\\') {
                    at++;
                } else if (c == '(') {
                    depth++;
                } else if (c == ')') {
                    depth--;
                }
            } while (depth > 0 && at < text.length());
        }
    }
}
