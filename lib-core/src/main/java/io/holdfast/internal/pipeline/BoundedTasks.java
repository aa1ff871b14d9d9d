// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs tasks beside their callers, a bounded number at once; safe for use by several threads.
 *
 * <p>Whoever brings a task waits for a free place: that is the back-pressure.
 */
final class BoundedTasks {
    private final Executor workers;
    private final int count;
    private final Semaphore free;
    private final Consumer<Throwable> failed;

    /**
     * None yet.
     *
     * @param workers what runs them
     * @param count how many at once
     * @param failed takes what a task throws: one that dies silently would lose its items
     */
    BoundedTasks(Executor workers, int count, Consumer<Throwable> failed) {
        this.workers = workers;
        this.count = count;
        this.free = new Semaphore(count);
        this.failed = failed;
    }

    /** Runs a task as soon as a place is free. */
    void run(Runnable task) {
        acquire(1);
        boolean handedOver = false;
        try {
            workers.execute(() -> inPlace(task));
            handedOver = true;
        } finally {
            if (!handedOver) {
                free.release();
            }
        }
    }

    private void inPlace(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        } finally {
            free.release();
        }
    }

    /** Waits until no task is running any more; stops if the thread is interrupted. */
    void await() {
        acquire(count);
        free.release(count);
    }

    /** Waits until no task is running any more, whatever happens. */
    void awaitQuietly() {
        free.acquireUninterruptibly(count);
        free.release(count);
    }

    private void acquire(int places) {
        try {
            free.acquire(places);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SessionShared.stopped();
        }
    }
}
