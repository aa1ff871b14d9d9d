// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The place of a request below the version: its path and query, encoded (RFC 3986). Immutable.
 *
 * <p>Ids of Exchange hold {@code =}, {@code -}, {@code _} and {@code +} and are case-sensitive; they are encoded as one segment each.
 */
public final class GraphPath {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    private final String text;

    private GraphPath(String text) {
        this.text = text;
    }

    /**
     * A path from a pattern.
     *
     * @param pattern such as <code>/users/{}/messages</code>; what stands outside of braces is taken as it is
     * @param segments what is put in for each pair of braces, not encoded
     * @return the path
     */
    public static GraphPath of(String pattern, String... segments) {
        StringBuilder path = new StringBuilder(pattern.length() + 64);
        int from = 0;
        for (String segment : segments) {
            int braces = pattern.indexOf("{}", from);
            if (braces < 0) {
                throw new IllegalArgumentException(
                        pattern + " has less places than the " + segments.length + " given segments");
            }
            path.append(pattern, from, braces).append(encoded(segment));
            from = braces + 2;
        }
        return new GraphPath(path.append(pattern, from, pattern.length()).toString());
    }

    /**
     * The same path with a query parameter more.
     *
     * @param name the name, such as {@code $select}
     * @param value the value, not encoded
     * @return the longer path
     */
    public GraphPath with(String name, String value) {
        return new GraphPath(text + (text.indexOf('?') < 0 ? '?' : '&') + name + '=' + encoded(value));
    }

    private static String encoded(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraphPath that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** Path and query as they are sent. */
    @Override
    public String toString() {
        return text;
    }
}
