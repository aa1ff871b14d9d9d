// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Bounds how many tasks of a session work at once; safe for use by several threads.
 *
 * <p>Whoever asks for a slot waits for it: that is the back-pressure which reaches the source. Errors of tasks end the session.
 */
final class WorkSlots {
    private final SessionShared shared;
    private final ExecutorService executor;
    private final int count;
    private final Semaphore free;
    private final ArrayDeque<ContentStore> idle = new ArrayDeque<>();

    WorkSlots(SessionShared shared, int count) {
        this.shared = shared;
        this.executor = shared.plan.runtime().workers();
        this.count = count;
        this.free = new Semaphore(count);
    }

    /** Runs a task beside the caller as soon as a slot is free. */
    void run(Consumer<ContentStore> task) {
        acquire();
        boolean handedOver = false;
        try {
            executor.execute(() -> inSlot(task));
            handedOver = true;
        } finally {
            if (!handedOver) {
                free.release();
            }
        }
    }

    private void inSlot(Consumer<ContentStore> task) {
        ContentStore contents = take();
        try {
            task.accept(contents);
        } catch (RuntimeException | Error e) {
            // Whatever it is, the session must end with it: a worker that dies silently would lose items.
            shared.fail(e);
        } finally {
            giveBack(contents);
            free.release();
        }
    }

    /** A content store, whose buffers are used again by later tasks. */
    private ContentStore take() {
        synchronized (idle) {
            ContentStore used = idle.pollFirst();
            return used == null ? new ContentStore(shared) : used;
        }
    }

    private void giveBack(ContentStore contents) {
        synchronized (idle) {
            idle.addFirst(contents);
        }
    }

    /** Waits until no task is running any more. */
    void awaitQuietly() {
        free.acquireUninterruptibly(count);
        free.release(count);
    }

    private void acquire() {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SessionShared.stopped();
        }
    }
}
