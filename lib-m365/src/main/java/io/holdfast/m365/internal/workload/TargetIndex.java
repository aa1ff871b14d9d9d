// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What stands in a container that takes items back: what a restore created there, by its mark, and everything else by what it would be recognised by as the
 * item that was backed up. Read by one listing before the first item is put; safe for use by several threads.
 */
public final class TargetIndex {
    private final Map<String, String> marked = new ConcurrentHashMap<>();
    private final Map<String, String> others = new ConcurrentHashMap<>();
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    private TargetIndex() {}

    /**
     * Lists a container.
     *
     * @param graph the client
     * @param list the call, which selects the id and what identity needs, and expands {@link RestoreMark#EXPAND}
     * @param identity what an item is recognised by, if it has that
     * @return what is there
     */
    public static TargetIndex read(GraphClient graph, GraphCall list, Function<ObjectNode, Optional<String>> identity) {
        TargetIndex index = new TargetIndex();
        graph.each(list, each -> {
            String id = Json.text(each, "id").orElseThrow();
            Optional<String> mark = RestoreMark.of(each);
            mark.ifPresent(tag -> index.marked.put(tag, id));
            identity.apply(each).ifPresent(known -> index.others.put(known, id));
        });
        return index;
    }

    /**
     * What this restore created for an item.
     *
     * @param tag the item's mark
     * @return its id
     */
    public Optional<String> created(String tag) {
        return Optional.ofNullable(marked.get(tag));
    }

    /**
     * What stands in an item's way.
     *
     * @param identity what the item is recognised by
     * @return its id
     */
    public Optional<String> standing(String identity) {
        return Optional.ofNullable(others.get(identity));
    }

    /**
     * Notes that an item is about to be created: until {@link #add} nobody knows whether it was.
     *
     * @param tag the item's mark
     * @return whether that was so before: then it is to be asked for first
     */
    public boolean doubt(String tag) {
        return !doubtful.add(tag);
    }

    /**
     * Notes what was created.
     *
     * @param tag the item's mark
     * @param id its id
     */
    public void add(String tag, String id) {
        marked.put(tag, id);
        doubtful.remove(tag);
    }
}
