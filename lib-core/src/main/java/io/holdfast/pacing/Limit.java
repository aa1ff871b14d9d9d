// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.Objects;

/** A limit as a service publishes it. */
public sealed interface Limit {

    /**
     * So much in a period.
     *
     * @param meter what is counted
     * @param amount how much, at least 1
     * @param period in what time, more than zero
     */
    record Rate(Meter meter, long amount, Duration period) implements Limit {
        /** Checks the ranges. */
        public Rate {
            Objects.requireNonNull(meter, "meter");
            if (amount < 1 || period.isZero() || period.isNegative()) {
                throw new IllegalArgumentException(
                        "a limit of " + amount + " " + meter + " in " + period + "; both must be more than zero");
            }
        }
    }

    /**
     * So many requests at once.
     *
     * @param count how many, at least 1
     */
    record Slots(int count) implements Limit {
        /** Checks the range. */
        public Slots {
            if (count < 1) {
                throw new IllegalArgumentException("a limit of " + count + " slots; there must be at least 1");
            }
        }
    }
}
