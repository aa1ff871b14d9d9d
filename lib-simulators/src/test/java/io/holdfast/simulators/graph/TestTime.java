// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves when somebody sleeps. */
final class TestTime implements TimeSource {
    private Instant now = Instant.parse("2026-11-02T08:00:00Z");
    private long nanos;

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void sleep(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }
}
