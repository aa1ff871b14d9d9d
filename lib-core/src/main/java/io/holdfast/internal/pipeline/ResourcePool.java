// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import java.util.concurrent.Semaphore;

/** Runs resources beside one another, a bounded number at once; for one thread. */
final class ResourcePool {
    private final SessionShared shared;
    private final int size;
    private final Semaphore free;

    ResourcePool(SessionShared shared, int size) {
        this.shared = shared;
        this.size = size;
        this.free = new Semaphore(size);
    }

    void run(Runnable task) {
        shared.proceed();
        acquire(1);
        boolean handedOver = false;
        try {
            shared.plan.runtime().workers().execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    // The first error ends the session: a resource that dies silently would be lost.
                    shared.fail(e);
                } finally {
                    free.release();
                }
            });
            handedOver = true;
        } finally {
            if (!handedOver) {
                free.release();
            }
        }
    }

    /** Waits until all resources are done. */
    void await() {
        acquire(size);
        free.release(size);
    }

    /** Waits until all resources have noticed that the session ends. */
    void awaitQuietly() {
        free.acquireUninterruptibly(size);
        free.release(size);
    }

    private void acquire(int permits) {
        try {
            free.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SessionShared.stopped();
        }
    }
}
