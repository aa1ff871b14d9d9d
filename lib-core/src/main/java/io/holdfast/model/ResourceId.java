// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.Objects;

/**
 * The stable identifier of a resource, such as {@code mail:GUID} or {@code onedrive:DRIVEID}.
 *
 * <p>Between 1 and 1024 characters. Immutable and safe for use by several threads.
 *
 * @param value the identifier as text
 */
public record ResourceId(String value) implements Comparable<ResourceId> {

    /** The longest permitted identifier, in characters. */
    public static final int MAX_LENGTH = 1024;

    /** Checks the length. */
    public ResourceId {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "ResourceId has " + value.length() + " characters; allowed are 1 to " + MAX_LENGTH);
        }
    }

    @Override
    public int compareTo(ResourceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
