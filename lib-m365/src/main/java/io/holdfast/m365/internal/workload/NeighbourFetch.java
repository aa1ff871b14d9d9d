// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemRef;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Fetched;
import io.holdfast.source.Pull;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches items that are small by their nature: those of one container that were modified next to one another in a page together, and one by one only what
 * such a page did not have. Where feeds name items in the order in which they were modified, a first run reads pages, and a later one a single page of
 * what changed. For one thread.
 */
public final class NeighbourFetch implements Pull<Fetched> {
    /** Fewer are not worth a page. */
    private static final int LEAST_TOGETHER = 3;
    /** A page more is read only if it is cheaper than asking one by one for what is still missing. */
    private static final int WORTH_A_PAGE = 4;
    /** Items of a page that may be in memory; what does not fit is read for itself. */
    private static final int BUFFER = 4 << 20;

    private final GraphClient graph;
    private final Reader reader;
    private final MemoryBudget.Reservation memory;
    private final Deque<List<ItemRef>> together = new ArrayDeque<>();
    private final Deque<ItemRef> alone = new ArrayDeque<>();
    private final Deque<Read> read = new ArrayDeque<>();

    private NeighbourFetch(GraphClient graph, Reader reader, MemoryBudget.Reservation memory) {
        this.graph = graph;
        this.reader = reader;
        this.memory = memory;
    }

    /** Knows the requests of one kind of items. */
    public interface Reader {
        /**
         * Lists whole items that were modified between two moments, both included, in that order.
         *
         * @param feed the feed that named the items
         * @param from the first moment, in the service's words
         * @param to the last moment
         * @param page how many items a page should have
         * @return the call
         */
        GraphCall between(String feed, String from, String to, int page);

        /**
         * Asks for one whole item.
         *
         * @param item which one
         * @return the call
         */
        GraphCall alone(ItemRef item);

        /**
         * Whether an item that was asked for by its id is where it was named: deleted items can be had that way, too.
         *
         * @param ref the reference that was asked for
         * @param item the whole item
         * @return false if it is gone from there
         */
        boolean isThere(ItemRef ref, ObjectNode item);

        /**
         * Completes an item.
         *
         * @param ref the reference that was asked for
         * @param item the whole item
         * @return what was found
         * @throws FailureException if it cannot be completed
         */
        Fetched complete(ItemRef ref, ObjectNode item);
    }

    /** An item that was read and has to be completed. */
    private record Read(ItemRef ref, ObjectNode item) {}

    /**
     * Begins to fetch items; nothing is sent yet.
     *
     * @param graph the client
     * @param reader the requests
     * @param items what is wanted
     * @param memory what is taken while items wait
     * @return an outcome for each, which the caller closes
     */
    public static Pull<Fetched> of(GraphClient graph, Reader reader, List<ItemRef> items, MemoryBudget memory) {
        try {
            NeighbourFetch fetch = new NeighbourFetch(graph, reader, memory.reserve(BUFFER));
            fetch.sort(items);
            return fetch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while it waited for memory");
        }
    }

    private void sort(List<ItemRef> items) {
        Map<String, List<ItemRef>> byFeed = new LinkedHashMap<>();
        for (ItemRef item : items) {
            if (ChangeKeys.modified(item.stateTag()).isPresent()) {
                byFeed.computeIfAbsent(item.feed().value(), feed -> new ArrayList<>())
                        .add(item);
            } else {
                alone.add(item);
            }
        }
        for (List<ItemRef> each : byFeed.values()) {
            if (each.size() < LEAST_TOGETHER) {
                alone.addAll(each);
            } else {
                together.add(each);
            }
        }
    }

    @Override
    public @Nullable Fetched next() {
        while (read.isEmpty() && !together.isEmpty()) {
            readTogether(together.remove());
        }
        if (!read.isEmpty()) {
            Read next = read.remove();
            return completed(next.ref, next.item);
        }
        return alone.isEmpty() ? null : readAlone(alone.remove());
    }

    /** One item can spoil a page, and a page can be too much for the service: then its halves are read, down to single items. */
    private void readTogether(List<ItemRef> items) {
        try {
            readPages(items);
        } catch (FailureException e) {
            if (e.failure().asksToWait()) {
                throw e;
            }
            List<ItemRef> left = items.stream()
                    .filter(item -> read.stream().noneMatch(each -> each.ref.equals(item)))
                    .toList();
            if (left.size() < LEAST_TOGETHER) {
                alone.addAll(left);
            } else {
                int half = left.size() / 2;
                together.addFirst(left.subList(half, left.size()));
                together.addFirst(left.subList(0, half));
            }
        }
    }

    /** The page is closed before items are completed: who holds a slot of a mailbox must not wait for another one. */
    private void readPages(List<ItemRef> items) {
        Map<String, ItemRef> wanted = new LinkedHashMap<>();
        items.forEach(item -> wanted.put(item.key().value(), item));
        Optional<GraphCall> call = Optional.of(between(items));
        long bytes = 0;
        for (int pages = 1; call.isPresent(); pages++) {
            GraphCall here = call.get();
            try (GraphPage page = graph.page(here)) {
                for (ObjectNode each = page.next(); each != null && bytes < BUFFER; each = page.next()) {
                    ItemRef ref = wanted.remove(Json.text(each, "id").orElse(""));
                    if (ref != null) {
                        // UTF-8 of a tree is about half of what the tree takes.
                        bytes += 2L * Json.bytes(each).length;
                        read.add(new Read(ref, each));
                    }
                }
                boolean worthIt = bytes < BUFFER && wanted.size() >= WORTH_A_PAGE * pages;
                call = worthIt ? page.nextLink().map(here::to) : Optional.empty();
            }
        }
        alone.addAll(wanted.values());
    }

    private GraphCall between(List<ItemRef> items) {
        List<String> times = items.stream()
                .map(item -> ChangeKeys.modified(item.stateTag()).orElseThrow())
                .sorted()
                .toList();
        return reader.between(items.get(0).feed().value(), times.get(0), times.get(times.size() - 1), items.size());
    }

    private Fetched readAlone(ItemRef item) {
        try {
            ObjectNode found = graph.object(reader.alone(item));
            return reader.isThere(item, found) ? completed(item, found) : new Fetched.Gone(item);
        } catch (FailureException e) {
            return failed(item, e);
        }
    }

    private Fetched completed(ItemRef ref, ObjectNode item) {
        try {
            return reader.complete(ref, item);
        } catch (FailureException e) {
            return failed(ref, e);
        }
    }

    private static Fetched failed(ItemRef ref, FailureException e) {
        if (e.failure().asksToWait()) {
            throw e;
        }
        return e.failure().category() == FailureCategory.GONE
                ? new Fetched.Gone(ref)
                : new Fetched.Broken(ref, e.failure());
    }

    @Override
    public void close() {
        memory.close();
    }
}
