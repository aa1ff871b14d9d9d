// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import java.time.Duration;

/** What all breakers of a process go by. */
record BreakerSettings(int failures, int outcomes, Duration openFor, Duration longestOpen, int probes) {

    /** How long a breaker stays open after so many openings in a row; a random part keeps probes of many scopes apart. */
    long openNanos(int openings, double random) {
        int doublings = Math.min(openings - 1, 20);
        double base = Math.min(longestOpen.toNanos(), openFor.toNanos() * (double) (1L << doublings));
        return (long) (base * (1 + random / 4));
    }
}
