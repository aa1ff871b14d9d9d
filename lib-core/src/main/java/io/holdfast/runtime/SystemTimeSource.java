// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** The machine's clock. */
final class SystemTimeSource implements TimeSource {

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        if (!time.isNegative() && !time.isZero()) {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops: returning early is allowed
    public void awaitSignal(Condition condition, Duration atMost) throws InterruptedException {
        condition.awaitNanos(atMost.toNanos());
    }
}
