// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import java.time.Duration;
import java.util.Objects;

/**
 * When an aspect gets worse, and when it is believed to be well again. Worse at once; better only after it stayed well below the threshold for some
 * time, so that an alert does not flutter.
 *
 * @param degraded the value from which it is degraded, more than zero
 * @param critical the value from which it is critical, not below {@code degraded}
 * @param calm which part of a threshold the value must fall below to get better; over 0 and at most 1
 * @param settle for how long it must stay there, not negative
 */
public record Thresholds(double degraded, double critical, double calm, Duration settle) {

    /** Checks the ranges. */
    public Thresholds {
        Objects.requireNonNull(settle, "settle");
        if (!(degraded > 0 && critical >= degraded && calm > 0 && calm <= 1) || settle.isNegative()) {
            throw new IllegalArgumentException("thresholds " + degraded + " and " + critical + ", calm below " + calm
                    + " of them for " + settle + "; they must be positive and in that order, and calm at most 1");
        }
    }

    /**
     * What is usual for an aspect.
     *
     * @param aspect the aspect
     * @return its default thresholds
     */
    public static Thresholds of(Aspect aspect) {
        Duration minutes = Duration.ofMinutes(2);
        switch (aspect) {
            case FAILURES:
                return new Thresholds(0.1, 0.5, 0.5, minutes);
            case THROTTLING:
                return new Thresholds(0.05, 0.5, 0.5, minutes);
            case FRESHNESS:
                return new Thresholds(1, 2, 1, Duration.ZERO);
            case BACKLOG:
                return new Thresholds(0.001, 0.05, 0.8, Duration.ZERO);
            case IDENTITY:
                return new Thresholds(0.5, 1, 1, Duration.ZERO);
            case BREAKERS:
                return new Thresholds(1, 3, 1, Duration.ZERO);
            case CALL_VOLUME:
                return new Thresholds(3, 15, 0.8, Duration.ZERO);
        }
        throw new IllegalArgumentException("unknown aspect " + aspect);
    }

    HealthLevel levelOf(double value) {
        return value >= critical
                ? HealthLevel.CRITICAL
                : value >= degraded ? HealthLevel.DEGRADED : HealthLevel.HEALTHY;
    }

    /** The level that a value is calm enough for. */
    HealthLevel calmLevelOf(double value) {
        return levelOf(value / calm);
    }
}
