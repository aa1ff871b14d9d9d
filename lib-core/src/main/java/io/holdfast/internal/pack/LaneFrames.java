// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.model.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The frames that are being filled, one for each lane, and no more than a given number of them.
 *
 * <p>Safe for use by several threads; a lock is held only while a blob is copied. What is returned belongs to the caller, who gives it back
 * by {@link #recycle}.
 */
final class LaneFrames {
    private static final Comparator<Lane> ORDER =
            Comparator.comparing(Lane::resource).thenComparing(Lane::kind);

    private final ConcurrentHashMap<Lane, OpenLane> lanes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<PlainFrame> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong clock = new AtomicLong();
    private final int maxLanes;

    LaneFrames(int maxLanes) {
        this.maxLanes = maxLanes;
    }

    /** Adds a blob to its lane's frame and returns the frames that are to be sealed now: mostly none. */
    List<PlainFrame> add(Lane lane, byte[] id, byte[] bytes, int offset, int length) {
        while (true) {
            OpenLane open = lanes.get(lane);
            if (open == null) {
                open = lanes.computeIfAbsent(lane, absent -> new OpenLane());
            }
            PlainFrame full;
            synchronized (open) {
                if (open.closed) {
                    continue;
                }
                open.lastUse = clock.incrementAndGet();
                full = open.add(lane, id, bytes, offset, length);
            }
            PlainFrame evicted = lanes.size() > maxLanes ? evict(lane) : null;
            return listOf(full, evicted);
        }
    }

    private static List<PlainFrame> listOf(@Nullable PlainFrame first, @Nullable PlainFrame second) {
        if (first == null) {
            return second == null ? List.of() : List.of(second);
        }
        return second == null ? List.of(first) : List.of(first, second);
    }

    /** Cuts the frames of a resource. */
    List<PlainFrame> close(ResourceId resource) {
        List<PlainFrame> cut = new ArrayList<>(2);
        for (FrameKind kind : FrameKind.values()) {
            addIfAny(cut, close(new Lane(kind, resource)));
        }
        return cut;
    }

    /** Cuts all frames, in an order that does not depend on how they came. */
    List<PlainFrame> closeAll() {
        List<PlainFrame> cut = new ArrayList<>();
        lanes.keySet().stream().sorted(ORDER).forEach(lane -> addIfAny(cut, close(lane)));
        return cut;
    }

    void recycle(PlainFrame frame) {
        idle.addFirst(frame);
    }

    private static void addIfAny(List<PlainFrame> list, @Nullable PlainFrame frame) {
        if (frame != null) {
            list.add(frame);
        }
    }

    private @Nullable PlainFrame evict(Lane except) {
        Lane oldest = null;
        long oldestUse = Long.MAX_VALUE;
        for (var entry : lanes.entrySet()) {
            long use = entry.getValue().lastUse;
            if (use < oldestUse && !entry.getKey().equals(except)) {
                oldest = entry.getKey();
                oldestUse = use;
            }
        }
        return oldest == null ? null : close(oldest);
    }

    private @Nullable PlainFrame close(Lane lane) {
        OpenLane open = lanes.remove(lane);
        if (open == null) {
            return null;
        }
        synchronized (open) {
            open.closed = true;
            PlainFrame frame = open.frame;
            open.frame = null;
            return frame;
        }
    }

    private PlainFrame fresh(FrameKind kind) {
        PlainFrame frame = idle.pollFirst();
        return (frame == null ? new PlainFrame() : frame).begin(kind);
    }

    /** Guarded by its own monitor, but for the time of its last use. */
    private final class OpenLane {
        private volatile long lastUse;
        private @Nullable PlainFrame frame;
        private boolean closed;

        private @Nullable PlainFrame add(Lane lane, byte[] id, byte[] bytes, int offset, int length) {
            PlainFrame current = frame;
            PlainFrame full = current == null || current.takes(length) ? null : current;
            if (current == null || full != null) {
                current = fresh(lane.kind());
                frame = current;
            }
            current.add(id, bytes, offset, length);
            return full;
        }
    }
}
