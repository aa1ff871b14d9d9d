// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.Objects;

/**
 * The name under which a host knows one source; with the shard it names a lineage of snapshots.
 *
 * <p>Between 1 and 256 characters. Immutable and safe for use by several threads.
 *
 * @param value the identifier as text
 */
public record SourceId(String value) implements Comparable<SourceId> {

    /** The longest permitted identifier, in characters. */
    public static final int MAX_LENGTH = 256;

    /** Checks the length. */
    public SourceId {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "SourceId has " + value.length() + " characters; allowed are 1 to " + MAX_LENGTH);
        }
    }

    @Override
    public int compareTo(SourceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
