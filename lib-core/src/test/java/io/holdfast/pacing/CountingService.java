// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/** A service that counts in a sliding window and by requests at once, refuses what is over, and keeps its own books. */
final class CountingService {
    private final EventTime time;
    private final Meter meter;
    private final Duration window;
    private final int slots;
    private final ScopeLevel level;
    private final ArrayDeque<long[]> counted = new ArrayDeque<>();
    private long limit;
    private long inWindow;
    private int atOnce;
    private boolean tellsHowLong = true;
    long servedRequests;
    long servedAmount;
    long throttled;

    CountingService(EventTime time, Meter meter, long limit, Duration window, int slots, ScopeLevel level) {
        this.time = time;
        this.meter = meter;
        this.limit = limit;
        this.window = window;
        this.slots = slots;
        this.level = level;
    }

    void limit(long amount) {
        limit = amount;
    }

    void keepQuietAboutWaits() {
        tellsHowLong = false;
    }

    void resetBooks() {
        servedRequests = 0;
        servedAmount = 0;
        throttled = 0;
    }

    /** A request arrives; what it is answered. */
    Answer arrive(Cost cost) {
        long now = time.nanos();
        while (!counted.isEmpty() && counted.peekFirst()[0] <= now - window.toNanos()) {
            inWindow -= counted.removeFirst()[1];
        }
        long amount = cost.of(meter);
        atOnce++;
        if (inWindow + amount > limit || slots > 0 && atOnce > slots) {
            throttled++;
            return new Answer.Throttled(level, waitFrom(now));
        }
        counted.addLast(new long[] {now, amount});
        inWindow += amount;
        servedRequests++;
        servedAmount += amount;
        return new Answer.Served(cost, Optional.empty());
    }

    private Optional<Duration> waitFrom(long now) {
        if (!tellsHowLong) {
            return Optional.empty();
        }
        long over = Math.max(1, inWindow - limit + 1);
        long until = now + 1_000_000_000L;
        for (long[] each : counted) {
            over -= each[1];
            if (over <= 0) {
                until = each[0] + window.toNanos();
                break;
            }
        }
        long seconds = Math.max(1, (until - now + 999_999_999L) / 1_000_000_000L);
        return Optional.of(Duration.ofSeconds(seconds));
    }

    void leave() {
        atOnce--;
    }
}
