// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import java.time.Duration;
import java.time.Instant;

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
     * The time of the machine.
     *
     * @return the system's time source
     */
    static TimeSource system() {
        return new SystemTimeSource();
    }
}
