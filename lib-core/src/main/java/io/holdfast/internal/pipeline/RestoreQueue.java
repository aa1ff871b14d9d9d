// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.repository.StoredItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Puts items beside one another: each thread a group of items of one container, as large as the target wants it.
 *
 * <p>Filled by one thread, which waits while every thread has its group.
 */
final class RestoreQueue {
    private static final long GROUP_BYTES = 8 << 20;

    private final BoundedTasks tasks;
    private final int groupItems;
    private final Consumer<StoredItem> put;
    /** The store or the target as a whole failed, or the restore is to stop: it must end with it. */
    private final FirstError fatal = new FirstError();

    private List<StoredItem> group = new ArrayList<>();
    private long groupBytes;

    /**
     * A queue without items.
     *
     * @param workers what runs the groups
     * @param helping whether the workers may be too few, so that who waits must help
     * @param parallelism how many groups at a time
     * @param groupItems the most items of a group
     * @param put puts one item; what it throws ends the restore
     */
    RestoreQueue(Executor workers, boolean helping, int parallelism, int groupItems, Consumer<StoredItem> put) {
        this.tasks = new BoundedTasks(workers, helping, parallelism, fatal::set);
        this.groupItems = groupItems;
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
        tasks.awaitQuietly();
    }

    /** Puts nothing more: returns when the items that are in hand are done. */
    void abandon() {
        fatal.set(SessionShared.stopped());
        forget();
        tasks.awaitQuietly();
    }

    /** Throws what ended the restore, if something did. */
    void requireSound() {
        fatal.throwIfSet();
    }

    private void send() {
        List<StoredItem> full = group;
        forget();
        tasks.run(() -> putAll(full));
    }

    private void forget() {
        group = new ArrayList<>();
        groupBytes = 0;
    }

    private void putAll(List<StoredItem> items) {
        for (StoredItem item : items) {
            if (fatal.isSet()) {
                return;
            }
            put.accept(item);
        }
    }
}
