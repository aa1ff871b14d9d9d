// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Time that stands still until somebody sleeps or moves it. */
final class TestTime implements TimeSource {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private long nanos;
    private Runnable onSleep = () -> {};
    private boolean interrupt;

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        if (interrupt) {
            interrupt = false;
            throw new InterruptedException();
        }
        advance(time);
        onSleep.run();
    }

    synchronized void advance(Duration time) {
        nanos += time.toNanos();
    }

    /** As if somebody interrupted who sleeps next. */
    void interruptNextSleep() {
        interrupt = true;
    }

    /** What others do while somebody sleeps. */
    void whenSomebodySleeps(Runnable action) {
        onSleep = action;
    }
}
