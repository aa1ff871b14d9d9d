// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.Objects;

/**
 * An organisation whose data is protected: the border of deduplication.
 *
 * <p>Between 1 and 256 characters. Immutable and safe for use by several threads.
 *
 * @param value the identifier as text
 */
public record TenantId(String value) implements Comparable<TenantId> {

    /** The longest permitted identifier, in characters. */
    public static final int MAX_LENGTH = 256;

    /** Checks the length. */
    public TenantId {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "TenantId has " + value.length() + " characters; allowed are 1 to " + MAX_LENGTH);
        }
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
