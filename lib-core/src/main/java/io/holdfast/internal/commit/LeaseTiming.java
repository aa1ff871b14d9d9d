// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import java.time.Duration;

/**
 * The times of leases, all on the own stop-watch; safety never rests on them.
 *
 * @param lease how long a counter must stand still before the lease may be taken over
 * @param beat how often the holder raises the counter
 * @param poll how often a watcher looks
 */
public record LeaseTiming(Duration lease, Duration beat, Duration poll) {
    /** 60, 15 and 5 seconds. */
    public static final LeaseTiming DEFAULT =
            new LeaseTiming(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(5));

    /** Checks that a watcher sees several beats. */
    public LeaseTiming {
        if (poll.isNegative()
                || poll.isZero()
                || poll.compareTo(beat) > 0
                || beat.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException("lease of " + lease + ", beat of " + beat + ", poll of " + poll
                    + "; polls are no rarer than beats, and a lease lasts two beats or more");
        }
    }
}
