// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.Objects;

/**
 * The stable identifier that a service gives an item; never a path made by us.
 *
 * <p>Between 1 and 8192 characters. Immutable and safe for use by several threads.
 *
 * @param value the identifier as text
 */
public record ItemKey(String value) implements Comparable<ItemKey> {

    /** The longest permitted identifier, in characters. */
    public static final int MAX_LENGTH = 8192;

    /** Checks the length. */
    public ItemKey {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "ItemKey has " + value.length() + " characters; allowed are 1 to " + MAX_LENGTH);
        }
    }

    @Override
    public int compareTo(ItemKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
