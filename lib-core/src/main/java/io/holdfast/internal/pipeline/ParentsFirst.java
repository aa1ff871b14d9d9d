// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.model.ItemKey;
import io.holdfast.repository.StoredItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts each container after the one that it lies in. Manifests tell containers by the bytes of their keys, which say nothing of where they lie. Those that
 * come too early are held back in memory. For one resource, used by one thread.
 */
final class ParentsFirst {
    private final Consumer<StoredItem> put;
    private final Set<ItemKey> done = new HashSet<>();
    private final Map<ItemKey, List<StoredItem>> waiting = new HashMap<>();

    ParentsFirst(Consumer<StoredItem> put) {
        this.put = put;
    }

    /** Puts a container and what waited for it, or lets it wait. */
    void add(StoredItem container) {
        List<ItemKey> parents = container.entry().containers();
        if (!parents.isEmpty() && !done.contains(parents.get(0))) {
            waiting.computeIfAbsent(parents.get(0), each -> new ArrayList<>()).add(container);
            return;
        }
        Deque<StoredItem> ready = new ArrayDeque<>(List.of(container));
        while (!ready.isEmpty()) {
            StoredItem next = ready.remove();
            put.accept(next);
            ItemKey key = next.entry().key();
            done.add(key);
            ready.addAll(waiting.getOrDefault(key, List.of()));
            waiting.remove(key);
        }
    }

    /** Puts what waits for containers that are no part of the restore, the highest ones first. */
    void finish() {
        List<StoredItem> rest = new ArrayList<>();
        waiting.values().forEach(rest::addAll);
        waiting.clear();
        rest.sort(Comparator.comparingInt(each -> each.path().size()));
        rest.forEach(put);
    }
}
