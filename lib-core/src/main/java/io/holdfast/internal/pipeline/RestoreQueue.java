// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.repository.StoredItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts items beside one another: each thread a group of items of one container, as large as the target wants it.
 *
 * <p>Filled by one thread, which waits while every thread has its group.
 */
final class RestoreQueue {
    private static final long GROUP_BYTES = 8 << 20;

    private final Executor workers;
    private final int parallelism;
    private final int groupItems;
    private final Semaphore slots;
    private final Consumer<StoredItem> put;
    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();
    private List<StoredItem> group = new ArrayList<>();
    private long groupBytes;

    /**
     * A queue without items.
     *
     * @param workers what runs the groups
     * @param parallelism how many groups at a time
     * @param groupItems the most items of a group
     * @param put puts one item; what it throws ends the restore
     */
    RestoreQueue(Executor workers, int parallelism, int groupItems, Consumer<StoredItem> put) {
        this.workers = workers;
        this.parallelism = parallelism;
        this.groupItems = groupItems;
        this.slots = new Semaphore(parallelism);
        this.put = put;
    }

    /** Takes an item, which is put before {@link #awaitAll} returns. */
    void add(StoredItem item) {
        if (!group.isEmpty()
                && !group.get(0).entry().containers().equals(item.entry().containers())) {
            send();
        }
        group.add(item);
        item.entry().parts().forEach(part -> groupBytes += Math.max(0, part.size()));
        if (group.size() >= groupItems || groupBytes >= GROUP_BYTES) {
            send();
        }
    }

    /** Returns when everything that was added has been put, or nothing more will be. */
    void awaitAll() {
        if (!group.isEmpty()) {
            send();
        }
        awaitSent();
    }

    /** Forgets the items that wait for their group to be full, and returns when the others are done. */
    void abandon() {
        group = new ArrayList<>();
        groupBytes = 0;
        awaitSent();
    }

    private void awaitSent() {
        slots.acquireUninterruptibly(parallelism);
        slots.release(parallelism);
    }

    /** Throws what ended the restore, if something did. */
    void requireSound() {
        Throwable error = fatal.get();
        if (error instanceof RuntimeException e) {
            throw e;
        }
        if (error instanceof Error e) {
            throw e;
        }
    }

    private void send() {
        List<StoredItem> full = group;
        group = new ArrayList<>();
        groupBytes = 0;
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SessionShared.stopped();
        }
        boolean handedOver = false;
        try {
            workers.execute(() -> putAll(full));
            handedOver = true;
        } finally {
            if (!handedOver) {
                slots.release();
            }
        }
    }

    private void putAll(List<StoredItem> items) {
        try {
            for (StoredItem item : items) {
                if (fatal.get() != null) {
                    return;
                }
                put.accept(item);
            }
        } catch (RuntimeException | Error e) {
            // The store or the target as a whole failed, or the restore is to stop: it must end with it.
            fatal.compareAndSet(null, e);
        } finally {
            slots.release();
        }
    }
}
