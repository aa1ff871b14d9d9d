// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * A time source that stands still until somebody moves it; sleeping moves it at once.
 *
 * <p>Safe for use by several threads: each sleep moves the one clock on by its length. Nothing waits in real time but for the work of other threads.
 */
public final class SimTime implements TimeSource {
    /** Real time, after which nobody is at work who could bring about what is waited for. */
    private static final Duration OTHERS = Duration.ofSeconds(10);

    private Instant now;
    private long nanos;
    private Duration slept = Duration.ZERO;

    private SimTime(Instant start) {
        this.now = start;
    }

    /**
     * A clock that shows a fixed, arbitrary day: 1 January 2030, midnight UTC.
     *
     * @return the time source
     */
    public static SimTime create() {
        return startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    }

    /**
     * A clock that shows a given instant.
     *
     * @param start the instant
     * @return the time source
     */
    public static SimTime startingAt(Instant start) {
        return new SimTime(start);
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a sleep of " + time);
        }
        if (!time.isNegative()) {
            advance(time);
            addSlept(time);
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops: returning early is allowed
    public void awaitOthers(Condition condition, Duration atMost) throws InterruptedException {
        if (!condition.await(Math.min(OTHERS.toNanos(), atMost.toNanos()), TimeUnit.NANOSECONDS)) {
            sleep(atMost);
        }
    }

    private synchronized void addSlept(Duration time) {
        slept = slept.plus(time);
    }

    /**
     * Moves clock and stop-watch on.
     *
     * @param time how far, not negative
     */
    public synchronized void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time advances by " + time + "; use jump to set the clock back");
        }
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /**
     * Sets the clock forth or back, as an administrator or a time server does; the stop-watch goes on undisturbed.
     *
     * @param time how far; negative for back
     */
    public synchronized void jump(Duration time) {
        now = now.plus(time);
    }

    /**
     * How long all sleeps were together.
     *
     * @return the sum
     */
    public synchronized Duration slept() {
        return slept;
    }
}
