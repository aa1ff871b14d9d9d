// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.repository.RunDraft;
import io.holdfast.observe.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes what is done durable from time to time, without stopping the work; safe for use by several threads.
 *
 * <p>Order is everything: first the places of all feeds are fixed, then the manifests that cover them, then all of that and every blob before
 * it is made durable, and only then the table and the progress record name it (I1).
 */
final class Checkpoints {
    private static final long BYTES = 64L << 20;
    private static final long MOST_PENDING_BYTES = 24L << 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final SessionShared shared;
    private final List<ResourceWork> active = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long number;
    private long lastNanos;

    Checkpoints(SessionShared shared) {
        this.shared = shared;
        this.lastNanos = shared.time().nanos();
    }

    void register(ResourceWork resource) {
        synchronized (active) {
            active.add(resource);
        }
    }

    /** Makes a checkpoint if enough has happened since the last one and nobody else is at it. */
    void ifDue() {
        if (!isDue() || !lock.tryLock()) {
            return;
        }
        try {
            if (isDue()) {
                make();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes a checkpoint now, for a session that ends without a commit. */
    void make() {
        lock.lock();
        try {
            write(false);
            shared.work.checkpoint();
            number++;
            lastNanos = shared.time().nanos();
            shared.events.tell(new SessionEvent.Checkpointed(number));
        } finally {
            lock.unlock();
        }
    }

    /** Makes everything durable for the commit, which needs no progress record. */
    void last() {
        lock.lock();
        try {
            write(true);
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return shared.work.volume().bytesSinceCheckpoint() >= BYTES
                || pendingBytes()
                        >= Math.min(MOST_PENDING_BYTES, shared.plan.memory().totalBytes() / 8)
                || shared.time().nanos() - lastNanos >= LONGEST.toNanos();
    }

    private long pendingBytes() {
        synchronized (active) {
            return active.stream().mapToLong(r -> r.manifest.pendingBytes()).sum();
        }
    }

    private void write(boolean lastTime) {
        List<ResourceWork> resources;
        synchronized (active) {
            resources = List.copyOf(active);
        }
        Map<ResourceWork, ResourceWork.Frozen> frozen = new LinkedHashMap<>();
        List<RunDraft> drafts = new ArrayList<>();
        boolean durable = false;
        try {
            for (ResourceWork resource : resources) {
                ResourceWork.Frozen each = resource.freeze();
                frozen.put(resource, each);
                drafts.addAll(each.drafts());
            }
            shared.work.flush(drafts);
            durable = true;
        } finally {
            if (!durable) {
                drafts.forEach(RunDraft::drop);
            }
        }
        frozen.forEach((resource, each) -> resource.settle(each, lastTime));
        synchronized (active) {
            // What was caught up when it was frozen changes no more.
            active.removeIf(r -> {
                ResourceWork.Frozen each = frozen.get(r);
                return !lastTime
                        && each != null
                        && each.caughtUp()
                        && each.drafts().isEmpty();
            });
        }
    }
}
