// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Time that stands still until a test moves it. */
public final class SteppedTime implements TimeSource {
    /** A Monday, eight in the morning, UTC. */
    public static final Instant START = Instant.parse("2030-01-07T08:00:00Z");

    private long nanos;

    /** Stands at the start. */
    public SteppedTime() {
        // A named constructor, since the package is exported.
    }

    /** Randomness that a seed determines. */
    public static Randomness seeded(long seed) {
        return new SplittableRandom(seed)::nextBytes;
    }

    /** Moves the time on. */
    public void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** How much time has passed since the start. */
    public Duration passed() {
        return Duration.ofNanos(nanos);
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration time) {
        nanos += Math.max(0, time.toNanos());
    }
}
