// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A collection as far as it was listed: whoever begins again after a failure asks for no page twice. Safe for use by several threads.
 *
 * @param <T> what its elements are read as
 */
public final class GraphList<T> {
    private final GraphClient graph;
    private final Function<ObjectNode, Optional<T>> reader;
    private final List<T> read = new ArrayList<>();
    private @Nullable GraphCall next;

    /**
     * A collection of which nothing was asked for yet.
     *
     * @param graph the client
     * @param first the call for its first page
     * @param reader reads an element, or passes it over
     */
    public GraphList(GraphClient graph, GraphCall first, Function<ObjectNode, Optional<T>> reader) {
        this.graph = graph;
        this.next = first;
        this.reader = reader;
    }

    /**
     * One element; pages before it are asked for if they were not.
     *
     * @param place its place, from 0
     * @return the element, or null behind the end
     */
    public synchronized @Nullable T get(int place) {
        for (GraphCall call = next; place >= read.size() && call != null; call = next) {
            readPage(call);
        }
        return place < read.size() ? read.get(place) : null;
    }

    /**
     * All elements.
     *
     * @return in the order in which they were listed
     */
    public synchronized List<T> all() {
        for (GraphCall call = next; call != null; call = next) {
            readPage(call);
        }
        return List.copyOf(read);
    }

    /** Read whole before any of it counts, so that no connection waits for whoever takes the elements. */
    private void readPage(GraphCall call) {
        List<T> told = new ArrayList<>();
        try (GraphPage page = graph.page(call)) {
            for (ObjectNode each = page.next(); each != null; each = page.next()) {
                reader.apply(each).ifPresent(told::add);
            }
            next = page.next(call).orElse(null);
        }
        read.addAll(told);
    }
}
