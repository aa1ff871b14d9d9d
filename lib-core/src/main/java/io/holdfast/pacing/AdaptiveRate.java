// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

/**
 * The part of the published rate that a service really grants at the moment: decreased when it refuses, increased while it does not; guarded
 * by the lock of its pacer.
 *
 * <p>A refusal after a calm time takes little off, further ones in a row a fifth each, at most once a second. What was granted within the
 * limit's own period before a refusal is what the service has to give: from then on the rate stays just below that, and only after some minutes
 * looks, in small steps, whether more is to be had again.
 */
final class AdaptiveRate {
    private static final double FLOOR = 0.01;
    private static final double GENTLE = 0.97;
    private static final double HARD = 0.8;
    private static final double BELOW_CEILING = 0.99;
    private static final double STEP = 0.01;
    private static final long SECOND = 1_000_000_000L;
    private static final long IN_A_ROW = 10 * SECOND;
    private static final long CALM = 15 * SECOND;
    private static final long PLATEAU = 600 * SECOND;
    private static final long PROBE_EVERY = 60 * SECOND;

    private double part = 1;
    private double ceiling = 1;
    private boolean throttledBefore;
    private long calmSince;
    private long decreasedAt;
    private long raisedAt;

    /** The part of the rate to go at now; at most 1. */
    double part(long now) {
        if (part >= 1) {
            return 1;
        }
        long calm = now - calmSince;
        if (calm >= CALM && part < ceiling * BELOW_CEILING) {
            raise(now, SECOND, ceiling * BELOW_CEILING);
        } else if (calm >= PLATEAU) {
            raise(now, PROBE_EVERY, 1);
            ceiling = Math.max(ceiling, part);
        }
        return part;
    }

    private void raise(long now, long every, double most) {
        if (now - raisedAt >= every) {
            part = Math.min(most, part * (1 + STEP));
            raisedAt = now;
        }
    }

    /**
     * The service refused.
     *
     * @param granted which part of the limit it granted in the period before; not a number if that is unknown
     * @param fencedUntil until when it wants silence
     */
    void throttled(long now, double granted, long fencedUntil) {
        boolean inARow = throttledBefore && now - calmSince < IN_A_ROW;
        calmSince = Math.max(fencedUntil, now);
        if (throttledBefore && now - decreasedAt < SECOND) {
            return;
        }
        boolean known = granted > 0 && granted < part;
        ceiling = known ? granted : part;
        double lowered = part * (inARow ? HARD : GENTLE);
        part = Math.max(FLOOR, known && !inARow ? granted * BELOW_CEILING : lowered);
        throttledBefore = true;
        decreasedAt = now;
        raisedAt = calmSince;
    }

    /** The service says that little is left: goes down a little before it refuses. */
    void warned(long now) {
        if (now - decreasedAt >= SECOND) {
            part = Math.max(FLOOR, part * GENTLE);
            decreasedAt = now;
            raisedAt = now;
            calmSince = now;
        }
    }

    boolean isWhole() {
        return part >= 1;
    }
}
