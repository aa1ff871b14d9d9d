// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Time that jumps from event to event, in one thread. */
final class EventTime implements TimeSource {
    private static final Instant START = Instant.parse("2030-01-07T08:00:00Z");

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nanos;
    private long order;

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    void after(Duration wait, Runnable action) {
        events.add(new Event(nanos + wait.toNanos(), order++, action));
    }

    /** Runs all events of the next so much time, and lets a pacer admit whoever it can in between. */
    void run(Duration length, Pacer pacer) {
        long end = nanos + length.toNanos();
        while (true) {
            Duration toChange = pacer.drive().orElse(length);
            Event next = events.peek();
            long at = Math.min(nanos + toChange.toNanos(), next == null ? end : next.at());
            if (at > end) {
                nanos = end;
                return;
            }
            if (at == end && (next == null || next.at() > end)) {
                nanos = end;
                return;
            }
            nanos = Math.max(nanos, at);
            if (next != null && next.at() <= nanos) {
                events.remove(next);
                next.action().run();
            }
        }
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
