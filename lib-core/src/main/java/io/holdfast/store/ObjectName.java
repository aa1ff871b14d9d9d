// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.util.Objects;

/**
 * The name of an object: segments of lower-case letters, digits, hyphens, dots and underscores, divided by slashes.
 *
 * <p>No object may bear a name that is a folder of another's, such as {@code a} beside {@code a/b}: a file system cannot keep both.
 *
 * @param value 1 to 255 characters; no segment is empty or ends with a dot
 */
public record ObjectName(String value) implements Comparable<ObjectName> {

    /** Checks the characters and segments. */
    public ObjectName {
        Objects.requireNonNull(value, "value");
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "object name '" + value
                            + "' is not 1 to 255 characters a-z 0-9 - . _ in segments that are divided by single slashes and do not end with a dot");
        }
    }

    /**
     * Whether a string is an object name; stores ask this about what they find beside their objects.
     *
     * @param value the string
     * @return true if the constructor takes it
     */
    public static boolean isValid(String value) {
        if (value.isEmpty() || value.length() > 255) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || value.charAt(i) == '/') {
                if (!isSegment(value, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private static boolean isSegment(String value, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_')) {
                return false;
            }
        }
        // SMB shares and Windows drop dots at the end of a name; without them "." and ".." are out as well.
        return start < end && value.charAt(end - 1) != '.';
    }

    @Override
    public int compareTo(ObjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
