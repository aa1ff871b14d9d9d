// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.workload.DeltaPage;
import io.holdfast.m365.internal.workload.GatheredPage;
import io.holdfast.m365.internal.workload.ListedPage;
import io.holdfast.model.FeedId;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The change feeds of folders. A mailbox that is full keeps no place in a feed and refuses it: until there is room again its folders are listed. Safe for use
 * by several threads.
 */
final class MessageFeeds {
    /** Before the links of a listing in the place of a feed; alone, where such a listing ended. */
    private static final String LISTED = "=";

    private static final int PAGE = 500;
    private static final int SMALLEST_PAGE = 10;
    /** The most that a listing gives at once. */
    private static final int MOST_LISTED = 1_000;

    private final GraphClient graph;
    private final Map<FeedId, Integer> pages = new ConcurrentHashMap<>();

    MessageFeeds(GraphClient graph) {
        this.graph = graph;
    }

    /** A folder's messages, which can be ordered and filtered further. */
    static GraphPath listing(Mailbox mailbox, FeedId folder) {
        return mailbox.path("/mailFolders/{}/messages", folder.value())
                .with("$select", Mailbox.LEAN)
                .with("$top", String.valueOf(MOST_LISTED));
    }

    ChangePage changes(Mailbox mailbox, Feed feed, Optional<Cursor> from) {
        Optional<String> place = from.map(Cursor::value);
        if (place.isPresent() && place.get().startsWith(LISTED)) {
            String link = place.get().substring(LISTED.length());
            return link.isEmpty() ? anew() : listed(mailbox, feed, link);
        }
        int size = pages.getOrDefault(feed.id(), PAGE);
        try {
            return delta(mailbox, feed, size, from);
        } catch (FailureException e) {
            switch (e.failure().category()) {
                case TARGET_FULL:
                    return from.isPresent() ? anew() : listed(mailbox, feed, "");
                case GONE:
                    // The folder went since the tree was read: what was in it is looked up.
                    return new GatheredPage(
                            List.of(), new ChangePage.CaughtUp(from.orElse(new Cursor("", "gone")), true));
                case TRANSIENT:
                    // A page that is too much for the service: the next attempt asks for less.
                    pages.put(feed.id(), Math.max(SMALLEST_PAGE, size / 5));
                    throw e;
                default:
                    throw e;
            }
        }
    }

    /** From the beginning: only then what is not told is known to be gone. */
    private static ChangePage anew() {
        return new GatheredPage(List.of(), new ChangePage.Reset());
    }

    private ChangePage delta(Mailbox mailbox, Feed feed, int size, Optional<Cursor> from) {
        GraphPath path = mailbox.path(
                        "/mailFolders/{}/messages/delta", feed.id().value())
                .with("$select", Mailbox.LEAN)
                .with("$orderby", "receivedDateTime desc");
        GraphCall first = mailbox.get("mail.messages.delta", path).preferring("odata.maxpagesize=" + size);
        return DeltaPage.open(graph, first, feed, from, line -> Optional.of(Messages.change(line, feed.id())));
    }

    private ChangePage listed(Mailbox mailbox, Feed feed, String link) {
        GraphCall first = mailbox.get(
                "mail.messages.enumerate", listing(mailbox, feed.id()).with("$orderby", "receivedDateTime desc"));
        return new InPlaceOfFeed(ListedPage.open(
                graph,
                first,
                feed,
                Optional.of(new Cursor(link, feed.fingerprint())),
                line -> Optional.of(Messages.change(line, feed.id()))));
    }

    /** A page of a listing whose place no feed takes for one of its own. */
    private record InPlaceOfFeed(ChangePage page) implements ChangePage {
        @Override
        public @Nullable Change next() {
            return page.next();
        }

        @Override
        public End end() {
            End end = page.end();
            if (end instanceof More more) {
                return new More(marked(more.next()));
            }
            return end instanceof CaughtUp caughtUp ? new CaughtUp(marked(caughtUp.next()), true) : end;
        }

        private static Cursor marked(Cursor cursor) {
            return new Cursor(LISTED + cursor.value(), cursor.fingerprint());
        }

        @Override
        public void close() {
            page.close();
        }
    }
}
