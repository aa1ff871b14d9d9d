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

    /**
     * Whether nothing is protected by this.
     *
     * @return true if there is no date and no hold
     */
    public boolean isNone() {
        return retainUntil.isEmpty() && !hold;
    }

    /**
     * Whether this protects at a moment.
     *
     * @param now the moment
     * @return true if a hold stands or the date lies ahead
     */
    public boolean isActiveAt(Instant now) {
        return hold || retainUntil.filter(now::isBefore).isPresent();
    }

    /**
     * The stronger of this and another protection: the later date, and a hold if either has one.
     *
     * @param other the other
     * @return what protects at least as long as both
     */
    public Protection extendedBy(Protection other) {
        Optional<Instant> later = retainUntil.isEmpty()
                ? other.retainUntil
                : retainUntil.map(
                        mine -> other.retainUntil.filter(mine::isBefore).orElse(mine));
        return new Protection(later, hold || other.hold);
    }
}
