// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;

/**
 * The clock, the stop-watch and the way to wait.
 *
 * <p>Safe for use by several threads. The clock may jump; the stop-watch never runs backwards.
 */
public interface TimeSource {

    /**
     * The time of day.
     *
     * @return the present instant
     */
    Instant now();

    /**
     * A stop-watch with an arbitrary origin.
     *
     * @return nanoseconds that only grow
     */
    long nanos();

    /**
     * Waits.
     *
     * @param time how long; nothing happens if it is not positive
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Waits until a condition is signalled or a time has passed, whichever comes first; may return early. A source that moves its own time moves
     * it on and returns, since time is what the condition waits for.
     *
     * @param condition the condition; the caller holds its lock
     * @param atMost how long; nothing happens if it is not positive
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default void awaitSignal(Condition condition, Duration atMost) throws InterruptedException {
        sleep(atMost);
    }

    /**
     * Waits until a condition is signalled by another thread, which nothing but that thread's work brings about, or until a time has passed; may return
     * early. A source that moves its own time lets others work first.
     *
     * @param condition the condition; the caller holds its lock
     * @param atMost how long; nothing happens if it is not positive
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default void awaitOthers(Condition condition, Duration atMost) throws InterruptedException {
        awaitSignal(condition, atMost);
    }

    /**
     * The time of the machine.
     *
     * @return the system's time source
     */
    static TimeSource system() {
        return new SystemTimeSource();
    }
}
