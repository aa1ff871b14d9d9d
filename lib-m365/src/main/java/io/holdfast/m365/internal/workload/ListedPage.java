// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a collection that is listed as a whole: it ends the feed if the answer has no link to go on with. */
public final class ListedPage implements ChangePage {
    private final GraphClient graph;
    private final GraphPage page;
    private final Feed feed;
    private final Function<ObjectNode, Optional<Change>> reader;
    private boolean ended;

    private ListedPage(GraphClient graph, GraphPage page, Feed feed, Function<ObjectNode, Optional<Change>> reader) {
        this.graph = graph;
        this.page = page;
        this.feed = feed;
        this.reader = reader;
    }

    /**
     * Asks for a page. A link that is no longer good gives a page that ends in a reset.
     *
     * @param graph the client
     * @param first the call that begins the list
     * @param feed the feed
     * @param from where to go on, if not at the beginning
     * @param reader makes a change of an element, or nothing of one that is not backed up
     * @return the page, which the caller closes
     */
    public static ChangePage open(
            GraphClient graph,
            GraphCall first,
            Feed feed,
            Optional<Cursor> from,
            Function<ObjectNode, Optional<Change>> reader) {
        // Behind the end of a list is its beginning.
        GraphCall call = from.map(Cursor::value)
                .filter(link -> !link.isEmpty())
                .map(first::to)
                .orElse(first);
        try {
            return new ListedPage(graph, graph.page(call), feed, reader);
        } catch (FailureException e) {
            if (from.isPresent() && e.failure().category() == FailureCategory.CURSOR_INVALID) {
                return new GatheredPage(List.of(), new Reset());
            }
            throw e;
        }
    }

    @Override
    public @Nullable Change next() {
        for (ObjectNode element = page.next(); element != null; element = page.next()) {
            Optional<Change> change = reader.apply(element);
            if (change.isPresent()) {
                return change.get();
            }
        }
        ended = true;
        return null;
    }

    @Override
    public End end() {
        if (!ended) {
            throw new IllegalStateException("the page has changes left");
        }
        return page.nextLink()
                .<End>map(link -> new More(new Cursor(graph.keepable(link), feed.fingerprint())))
                .orElseGet(() -> new CaughtUp(new Cursor("", feed.fingerprint()), true));
    }

    @Override
    public void close() {
        page.close();
    }
}
