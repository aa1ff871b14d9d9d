// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Bounds how many tasks of a session work on contents at once; safe for use by several threads.
 *
 * <p>Whoever asks for a slot waits for it: that is the back-pressure which reaches the source. Errors of tasks end the session.
 */
final class WorkSlots {
    private final SessionShared shared;
    private final BoundedTasks tasks;
    private final ArrayDeque<ContentStore> idle = new ArrayDeque<>();

    WorkSlots(SessionShared shared, int count) {
        this.shared = shared;
        this.tasks = new BoundedTasks(shared.plan.runtime(), count, shared::fail);
    }

    /** Runs a task beside the caller as soon as a slot is free. */
    void run(Consumer<ContentStore> task) {
        tasks.run(() -> {
            ContentStore contents = take();
            try {
                task.accept(contents);
            } finally {
                giveBack(contents);
            }
        });
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

    /** Runs a task here that waits for a thread, if threads may be too few and there is one. */
    boolean help() {
        return tasks.help();
    }

    /** Waits until no task is running any more. */
    void awaitQuietly() {
        tasks.awaitQuietly();
    }
}
