// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * What the sessions of a tenant need.
 *
 * @param now the present
 * @param lastStart when the session of the newest snapshot began: what came later is not in it
 * @param rpo the recovery point objective: how old the state that could be restored may be at most
 * @param length how long a session takes, more than zero
 * @param workloads what the sessions read; not empty
 */
public record SessionWish(Instant now, Instant lastStart, Duration rpo, Duration length, Set<String> workloads) {

    /** Checks that the objective can be kept at all. */
    public SessionWish {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(lastStart, "lastStart");
        workloads = Set.copyOf(workloads);
        if (length.isNegative() || length.isZero() || workloads.isEmpty()) {
            throw new IllegalArgumentException("sessions of " + length + " that read " + workloads
                    + "; give a length of more than zero and at least one workload");
        }
        // One hour more than sessions in a row need, so that a start on the hour is always at hand.
        Duration least = length.plusHours(1 + ceilHours(length));
        if (rpo.compareTo(least) < 0) {
            throw new IllegalArgumentException("an rpo of " + rpo + " cannot be kept by sessions of " + length
                    + " that begin on the hour; it must be at least " + least);
        }
    }

    /** Until when the next session must begin: a state is as old as the start of its session when the next one ends. */
    Instant dueAfter(Instant start) {
        return start.plus(rpo).minus(length);
    }

    /** How many hours may lie between two starts. */
    int mostHoursBetween() {
        return (int) Math.min(StartPlan.HORIZON, rpo.minus(length).toHours());
    }

    int leastHoursBetween() {
        return (int) ceilHours(length);
    }

    private static long ceilHours(Duration length) {
        return length.plusHours(1).minusNanos(1).toHours();
    }
}
