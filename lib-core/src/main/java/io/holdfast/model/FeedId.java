// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.Objects;

/**
 * The stable identifier of a change feed inside its resource.
 *
 * <p>Between 1 and 1024 characters. Immutable and safe for use by several threads.
 *
 * @param value the identifier as text
 */
public record FeedId(String value) implements Comparable<FeedId> {

    /** The longest permitted identifier, in characters. */
    public static final int MAX_LENGTH = 1024;

    /** Checks the length. */
    public FeedId {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "FeedId has " + value.length() + " characters; allowed are 1 to " + MAX_LENGTH);
        }
    }

    @Override
    public int compareTo(FeedId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
