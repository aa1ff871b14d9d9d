// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How an object is protected from being deleted or replaced.
 *
 * @param retainUntil until when, or empty
 * @param hold whether a legal hold stands on it, which has no end by itself
 */
public record Protection(Optional<Instant> retainUntil, boolean hold) {

    /** Checks for null. */
    public Protection {
        Objects.requireNonNull(retainUntil, "retainUntil");
    }

    /**
     * No protection.
     *
     * @return no date and no hold
     */
    public static Protection none() {
        return new Protection(Optional.empty(), false);
    }

    /**
     * Protection until a date.
     *
     * @param date until when
     * @return the protection
     */
    public static Protection until(Instant date) {
        return new Protection(Optional.of(date), false);
    }
}
