// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import java.time.Duration;

/** The breaker of one scope, as a state machine that knows only the time that it is told. Guarded by the lock of its {@link Breakers}. */
final class Breaker {
    /** Outcomes that are older tell nothing of the present. */
    private static final long FORGET_NANOS = Duration.ofMinutes(2).toNanos();

    /** A probe that nobody told the end of must not keep the breaker half open for ever. */
    private static final long PROBE_NANOS = Duration.ofMinutes(2).toNanos();

    private final BreakerSettings settings;
    private BreakerEvent.State state = BreakerEvent.State.CLOSED;

    /** The last outcomes, the newest in the lowest bit; a set bit is a failure. */
    private long outcomes;

    private long lastOutcomeAt;
    private int openings;
    private long reopensAt;

    /** Tells the probe of today from those of earlier times, and from requests that were sent while the breaker was closed (0). */
    private long generation;

    private boolean probing;
    private long probeEndsAt;
    private int probesSucceeded;

    Breaker(BreakerSettings settings) {
        this.settings = settings;
    }

    BreakerEvent.State state() {
        return state;
    }

    long generation() {
        return generation;
    }

    /** Takes note of a success while closed; true if no failure is remembered any more. */
    boolean succeeded(long now) {
        note(now, 0);
        return outcomes == 0;
    }

    /** Takes note of a failure while closed; true if the breaker opened. */
    boolean failed(long now, double random) {
        note(now, 1);
        if (Long.bitCount(outcomes) < settings.failures()) {
            return false;
        }
        open(now, random);
        return true;
    }

    private void note(long now, int outcome) {
        if (now - lastOutcomeAt > FORGET_NANOS) {
            outcomes = 0;
        }
        lastOutcomeAt = now;
        outcomes = (outcomes << 1 | outcome) & (-1L >>> (Long.SIZE - settings.outcomes()));
    }

    /** Whether a request may go as a probe; if so it counts as sent. */
    boolean letsProbe(long now) {
        boolean due = state == BreakerEvent.State.OPEN ? now - reopensAt >= 0 : !probing || now - probeEndsAt >= 0;
        if (due) {
            state = BreakerEvent.State.HALF_OPEN;
            probing = true;
            probeEndsAt = now + PROBE_NANOS;
            generation++;
        }
        return due;
    }

    /** How long a request that was not let through should wait. */
    long waitNanos(long now) {
        return state == BreakerEvent.State.OPEN
                ? reopensAt - now
                : settings.openFor().toNanos() / 10;
    }

    /** True if the breaker closed. */
    boolean probeSucceeded(long ofGeneration) {
        if (!isProbe(ofGeneration)) {
            return false;
        }
        probing = false;
        probesSucceeded++;
        if (probesSucceeded < settings.probes()) {
            return false;
        }
        close();
        return true;
    }

    /** True if the breaker opened again. */
    boolean probeFailed(long ofGeneration, long now, double random) {
        if (!isProbe(ofGeneration)) {
            return false;
        }
        open(now, random);
        return true;
    }

    void probeToldNothing(long ofGeneration) {
        if (isProbe(ofGeneration)) {
            probing = false;
        }
    }

    void close() {
        state = BreakerEvent.State.CLOSED;
    }

    /** What was sent before the breaker opened, or before the last probe, says nothing of now. */
    private boolean isProbe(long ofGeneration) {
        return state == BreakerEvent.State.HALF_OPEN && probing && ofGeneration == generation;
    }

    private void open(long now, double random) {
        state = BreakerEvent.State.OPEN;
        openings++;
        reopensAt = now + settings.openNanos(openings, random);
        probing = false;
        probesSucceeded = 0;
        outcomes = 0;
    }
}
