// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A range of times of last change, by the service's clock.
 *
 * @param from the first time in it; empty for no lower end
 * @param to the first time behind it; empty for no upper end
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> to) {
    private static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty());

    /** Checks for null and order. */
    public TimeRange {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new IllegalArgumentException("a range from " + from.get() + " to " + to.get() + " is empty");
        }
    }

    /**
     * All times.
     *
     * @return a range without ends
     */
    public static TimeRange all() {
        return ALL;
    }

    /**
     * Whether something that changed then belongs to the range. What has no time belongs to the ranges without lower end.
     *
     * @param modified when it changed last, if that is known
     * @return whether it belongs to it
     */
    public boolean contains(Optional<Instant> modified) {
        return modified.map(time -> from.filter(time::isBefore).isEmpty()
                        && to.filter(end -> !time.isBefore(end)).isEmpty())
                .orElse(from.isEmpty());
    }
}
