// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import java.time.Instant;

/** One aspect of one tenant as a state machine with hysteresis: worse at once, better after a time of calm. Guarded by the board's lock. */
final class AspectState {
    private static final long NOT_CALM = Long.MIN_VALUE;

    private final Thresholds thresholds;
    private HealthLevel level = HealthLevel.HEALTHY;
    private Instant since;
    private double value;
    private long calmSince = NOT_CALM;

    /** The worst that was seen while it calmed down: it gets no better than that. */
    private HealthLevel calmLevel = HealthLevel.HEALTHY;

    AspectState(Thresholds thresholds, Instant since) {
        this.thresholds = thresholds;
        this.since = since;
    }

    HealthLevel level() {
        return level;
    }

    double value() {
        return value;
    }

    TenantHealth.Reading reading() {
        return new TenantHealth.Reading(level, value, since);
    }

    /** Takes a value in; true if the level changed. */
    boolean update(double newValue, long nanos, Instant now) {
        value = newValue;
        HealthLevel worst = thresholds.levelOf(newValue);
        if (worst.compareTo(level) > 0) {
            calmSince = NOT_CALM;
            return become(worst, now);
        }
        HealthLevel calm = thresholds.calmLevelOf(newValue);
        if (calm.compareTo(level) >= 0) {
            calmSince = NOT_CALM;
            return false;
        }
        if (calmSince == NOT_CALM) {
            calmSince = nanos;
            calmLevel = calm;
        }
        calmLevel = calm.compareTo(calmLevel) > 0 ? calm : calmLevel;
        if (nanos - calmSince < thresholds.settle().toNanos()) {
            return false;
        }
        calmSince = NOT_CALM;
        return become(calmLevel, now);
    }

    private boolean become(HealthLevel next, Instant now) {
        level = next;
        since = now;
        return true;
    }
}
