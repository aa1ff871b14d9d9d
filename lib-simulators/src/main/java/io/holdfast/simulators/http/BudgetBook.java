// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What each key of a simulated service has spent in a sliding window, and until when it was asked to stay away.
 *
 * <p>Safe for use by several threads.
 */
public final class BudgetBook {
    private final TimeSource time;
    private final Map<String, Window> windows = new HashMap<>();
    private final Map<String, Fence> fences = new HashMap<>();

    /**
     * An empty book.
     *
     * @param time what windows and fences go by
     */
    public BudgetBook(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    /** What a key has spent lately: pairs of a time and a cost. */
    private static final class Window {
        private final ArrayDeque<long[]> spent = new ArrayDeque<>();
        private long sum;
    }

    private record Fence(long until, long arrival) {}

    /**
     * Spends units, if there are enough.
     *
     * @param key whose
     * @param cost how many
     * @param amount how many there are in a window
     * @param window how long it is
     * @return how long to wait, in whole seconds and at least one; empty if they are spent
     */
    public synchronized Optional<Duration> spend(String key, long cost, long amount, Duration window) {
        long now = time.nanos();
        Window mine = windows.computeIfAbsent(key, k -> new Window());
        while (!mine.spent.isEmpty() && mine.spent.peekFirst()[0] <= now - window.toNanos()) {
            mine.sum -= mine.spent.removeFirst()[1];
        }
        if (mine.sum + cost > amount) {
            return Optional.of(wait(mine, mine.sum + cost - amount, now, window));
        }
        mine.spent.addLast(new long[] {now, cost});
        mine.sum += cost;
        return Optional.empty();
    }

    /**
     * Spends units without asking whether there are enough, as services do that count what they refuse.
     *
     * @param key whose
     * @param cost how many
     */
    public synchronized void charge(String key, long cost) {
        Window mine = windows.computeIfAbsent(key, k -> new Window());
        mine.spent.addLast(new long[] {time.nanos(), cost});
        mine.sum += cost;
    }

    private static Duration wait(Window mine, long over, long now, Duration window) {
        long until = now + window.toNanos();
        long left = over;
        for (long[] each : mine.spent) {
            left -= each[1];
            if (left <= 0) {
                until = each[0] + window.toNanos();
                break;
            }
        }
        return Duration.ofSeconds(Math.max(1, (until - now + 999_999_999L) / 1_000_000_000L));
    }

    /**
     * Asks a key to stay away.
     *
     * @param key who
     * @param wait for how long
     * @param arrival the number of the request that is told so
     */
    public synchronized void fence(String key, Duration wait, long arrival) {
        long until = time.nanos() + wait.toNanos();
        Fence before = fences.get(key);
        if (before == null || before.until < until) {
            fences.put(key, new Fence(until, arrival));
        }
    }

    /**
     * Whether a request comes from a key that was asked to stay away. One that arrived before that was asked does not count.
     *
     * @param key who
     * @param arrival the number of the request; requests are numbered as they arrive
     * @return true if it should not have come
     */
    public synchronized boolean isFenced(String key, long arrival) {
        Fence fence = fences.get(key);
        return fence != null && fence.arrival < arrival && time.nanos() < fence.until;
    }
}
