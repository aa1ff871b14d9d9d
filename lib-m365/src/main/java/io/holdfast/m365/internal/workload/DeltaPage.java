// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.retry.Failure;
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

/**
 * A page of a delta feed: elements are read as they come and made into changes; its end is the link that the answer gave.
 */
public final class DeltaPage implements ChangePage {
    /** Before the links of a first round, which alone names everything. */
    private static final String FIRST_ROUND = "+";

    private final GraphClient graph;
    private final GraphPage page;
    private final Feed feed;
    private final boolean firstRound;
    private final Function<ObjectNode, Optional<Change>> reader;
    private boolean ended;

    private DeltaPage(
            GraphClient graph,
            GraphPage page,
            Feed feed,
            boolean firstRound,
            Function<ObjectNode, Optional<Change>> reader) {
        this.graph = graph;
        this.page = page;
        this.feed = feed;
        this.firstRound = firstRound;
        this.reader = reader;
    }

    /**
     * Asks for a page. A token that is no longer good gives a page that ends in a reset.
     *
     * @param graph the client
     * @param first the call that begins the feed
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
        boolean firstRound =
                from.map(cursor -> cursor.value().startsWith(FIRST_ROUND)).orElse(true);
        GraphCall call = from.map(cursor -> first.to(cursor.value().substring(firstRound ? FIRST_ROUND.length() : 0)))
                .orElse(first);
        try {
            return new DeltaPage(graph, graph.page(call), feed, firstRound, reader);
        } catch (FailureException e) {
            if (from.isPresent() && e.failure().category() == FailureCategory.CURSOR_INVALID) {
                return new GatheredPage(List.of(), new Reset());
            }
            throw e;
        }
    }

    @Override
    public @Nullable Change next() {
        while (true) {
            ObjectNode element = page.next();
            if (element == null) {
                ended = true;
                return null;
            }
            Optional<Change> change = reader.apply(element);
            if (change.isPresent()) {
                return change.get();
            }
        }
    }

    @Override
    public End end() {
        if (!ended) {
            throw new IllegalStateException("the page has changes left");
        }
        if (page.nextLink().isPresent()) {
            return new More(cursor((firstRound ? FIRST_ROUND : "")
                    + graph.keepable(page.nextLink().get())));
        }
        if (page.deltaLink().isPresent()) {
            return new CaughtUp(cursor(graph.keepable(page.deltaLink().get())), firstRound);
        }
        // Not an end: what it lacks is exactly what says that everything was told.
        throw new FailureException(
                Failure.of(FailureCategory.TRANSIENT, "malformed"), "the page has no link to go on with", null);
    }

    private Cursor cursor(String value) {
        return new Cursor(value, feed.fingerprint());
    }

    @Override
    public void close() {
        page.close();
    }
}
