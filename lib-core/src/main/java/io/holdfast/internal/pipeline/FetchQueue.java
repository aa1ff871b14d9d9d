// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.pipeline.SessionCounts.Outcome;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Fetched;
import io.holdfast.source.Pull;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the items of one resource in batches on the runtime's threads.
 *
 * <p>One thread, the one that reads the feeds, adds; batches run beside it. An item is in hand at most once: a later change of the same item
 * waits for the earlier one, since the last one holds.
 */
final class FetchQueue {
    /** The items of a batch come one after the other, batches beside one another: a few large contents are not to wait for each other. */
    private static final long MOST_BATCH_BYTES = 8L << 20;

    private final SessionShared shared;
    private final ResourceWork resource;
    private final WorkSlots slots;
    private final int batchSize;
    private final Set<ItemKey> inHand = new HashSet<>();
    private final List<Wanted> waiting = new ArrayList<>();
    private long waitingBytes;
    private int running;

    FetchQueue(SessionShared shared, ResourceWork resource, WorkSlots slots) {
        this.shared = shared;
        this.resource = resource;
        this.slots = slots;
        this.batchSize = shared.source.fetchBatch(resource.id());
    }

    /** Wants an item of which nobody said how large it is. */
    void add(ItemRef ref, FeedWork.@Nullable Page page) {
        add(ref, -1, page);
    }

    /** Wants an item; the page, if any, is done only after it. Its size, if it is known, keeps large contents out of one batch. */
    void add(ItemRef ref, long size, FeedWork.@Nullable Page page) {
        settle(ref.key());
        if (page != null) {
            page.opened();
        }
        if (resource.isParked()) {
            // The page stays open, so that the cursor stays before it.
            return;
        }
        synchronized (this) {
            inHand.add(ref.key());
        }
        waiting.add(new Wanted(ref, page));
        waitingBytes += Math.max(0, size);
        if (waiting.size() >= batchSize || waitingBytes >= MOST_BATCH_BYTES) {
            send();
        }
    }

    /** Waits until an item is no longer in hand. */
    void settle(ItemKey key) {
        boolean busy;
        synchronized (this) {
            busy = inHand.contains(key);
        }
        if (busy) {
            drain();
        }
    }

    /** Waits until nothing is in hand. */
    void drain() {
        send();
        while (isRunning() && slots.help()) {
            shared.proceed();
        }
        // Whatever is running now has a thread: nothing that still waits for one is of this queue.
        synchronized (this) {
            while (running > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw SessionShared.stopped();
                }
            }
        }
        shared.proceed();
    }

    private synchronized boolean isRunning() {
        return running > 0;
    }

    private void send() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Wanted> batch = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        synchronized (this) {
            running++;
        }
        slots.run(contents -> {
            try {
                fetch(batch, new ItemWork(shared, resource, contents));
            } finally {
                synchronized (this) {
                    running--;
                    notifyAll();
                }
            }
        });
    }

    @SuppressWarnings("try") // the reservation is only held
    private void fetch(List<Wanted> batch, ItemWork items) {
        Map<ItemKey, Wanted> open = new LinkedHashMap<>();
        batch.forEach(wanted -> open.put(wanted.ref.key(), wanted));
        try (MemoryBudget.Reservation base = shared.plan.memory().reserve(ContentStore.baseBytes())) {
            if (!fetchTogether(items, open)) {
                fetchOneByOne(items, open);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SessionShared.stopped();
        }
    }

    private void fetchOneByOne(ItemWork items, Map<ItemKey, Wanted> open) {
        for (Wanted wanted : List.copyOf(open.values())) {
            if (!resource.isParked() && isDealtWith(items, wanted)) {
                close(open, wanted.ref.key());
            } else {
                leave(wanted);
            }
        }
    }

    /** Fetches a batch with one call; says whether every item of it was answered. */
    private boolean fetchTogether(ItemWork items, Map<ItemKey, Wanted> open) {
        if (resource.isParked()) {
            return false;
        }
        Map<ItemKey, ItemRef> refs = new HashMap<>();
        open.forEach((key, wanted) -> refs.put(key, wanted.ref));
        try (Pull<Fetched> pull = shared.source.fetch(
                resource.id(), open.values().stream().map(Wanted::ref).toList())) {
            shared.requests.succeeded("fetch");
            for (Fetched each = pull.next(); each != null; each = pull.next()) {
                shared.proceed();
                ItemRef ref = refs.get(each.ref().key());
                if (ref != null && open.containsKey(ref.key()) && handle(items, ref, each)) {
                    close(open, ref.key());
                }
            }
        } catch (FailureException e) {
            // The items that are left are tried one by one, each with an attempt counter of its own.
            shared.requests.failed("fetch", e.failure());
        }
        return open.isEmpty();
    }

    /** Fetches one item; says whether it needs nothing more in this session. */
    private boolean isDealtWith(ItemWork items, Wanted wanted) {
        try {
            shared.retrying("fetch", () -> {
                try (Pull<Fetched> pull = shared.source.fetch(resource.id(), List.of(wanted.ref))) {
                    for (Fetched each = pull.next(); each != null; each = pull.next()) {
                        if (each instanceof Fetched.Broken broken) {
                            throw new FailureException(broken.failure(), "fetching an item failed", null);
                        }
                        if (each.ref().key().equals(wanted.ref.key()) && handle(items, wanted.ref, each)) {
                            return Boolean.TRUE;
                        }
                    }
                }
                throw unanswered(wanted.ref);
            });
        } catch (FailureException e) {
            if (e.failure().asksToWait()) {
                resource.park(e);
                return false;
            }
            items.trouble(wanted.ref, Troubles.of(e));
        }
        return true;
    }

    private static FailureException unanswered(ItemRef ref) {
        return new FailureException(
                Failure.of(FailureCategory.TRANSIENT, "unanswered"),
                "the source did not answer for an item of " + ref.resource(),
                null);
    }

    /** Says whether the item is dealt with. */
    private boolean handle(ItemWork items, ItemRef ref, Fetched fetched) {
        if (fetched instanceof Fetched.Found found) {
            items.store(found.item(), ref.feed(), found.parts());
            return true;
        }
        if (fetched instanceof Fetched.Gone) {
            gone(ref);
            return true;
        }
        if (fetched instanceof Fetched.Refused refused) {
            items.trouble(ref, refused.trouble());
            return true;
        }
        return false;
    }

    private void gone(ItemRef ref) {
        Optional<ManifestEntry> old = resource.manifest.find(ref.key());
        old.ifPresent(entry -> resource.manifest.remove(ManifestOrder.position(entry)));
        resource.ledger.close(ref.key());
        shared.counts.count(Outcome.GONE);
    }

    private void close(Map<ItemKey, Wanted> open, ItemKey key) {
        Wanted wanted = open.remove(key);
        if (wanted != null && wanted.page != null) {
            wanted.page.closed();
        }
        synchronized (this) {
            inHand.remove(key);
        }
    }

    /** Lets go of an item that was not fetched; its page stays open. */
    private synchronized void leave(Wanted wanted) {
        inHand.remove(wanted.ref.key());
    }

    /** An item that is to be fetched. */
    private record Wanted(ItemRef ref, FeedWork.@Nullable Page page) {}
}
