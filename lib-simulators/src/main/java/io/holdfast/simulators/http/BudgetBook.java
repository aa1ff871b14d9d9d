// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    private long arrivals;

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

    /** Until when a key knows that it has to stay away, and what is on its way to it. */
    private static final class Fence {
        private final List<Notice> underWay = new ArrayList<>();
        private long knownUntil = Long.MIN_VALUE;
    }

    private record Notice(long until, Arrival toldTo) {}

    /**
     * A request that came in.
     *
     * @param number requests are numbered as they come
     * @param courier who brought it and will take its answer back: the thread of the connection, or the client's own where there is none
     */
    public record Arrival(long number, long courier) {}

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
     * Numbers a request. To be called by the thread that takes its answer back.
     *
     * @return the request's arrival
     */
    public synchronized Arrival arrive() {
        return new Arrival(++arrivals, Thread.currentThread().getId());
    }

    /**
     * Asks a key to stay away.
     *
     * @param key who
     * @param wait for how long
     * @param toldTo the request that is told so
     */
    public synchronized void fence(String key, Duration wait, Arrival toldTo) {
        fences.computeIfAbsent(key, k -> new Fence()).underWay.add(new Notice(time.nanos() + wait.toNanos(), toldTo));
    }

    /**
     * Whether a request comes from a key that knew that it had to stay away. A client knows that when the courier of the refusal is back with another
     * request; what others sent meanwhile had left before.
     *
     * @param key who
     * @param arrival the request
     * @return true if it should not have come
     */
    public synchronized boolean isFenced(String key, Arrival arrival) {
        fences.values().forEach(fence -> fence.underWay.removeIf(notice -> isDelivered(fence, notice, arrival)));
        Fence fence = fences.get(key);
        return fence != null && time.nanos() < fence.knownUntil;
    }

    private static boolean isDelivered(Fence fence, Notice notice, Arrival arrival) {
        boolean back = notice.toldTo.courier == arrival.courier && notice.toldTo.number < arrival.number;
        if (back) {
            fence.knownUntil = Math.max(fence.knownUntil, notice.until);
        }
        return back;
    }
}
