// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.GatheredPage;
import io.holdfast.m365.internal.workload.ListedPage;
import io.holdfast.m365.internal.workload.Recent;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The feeds of a mailbox's calendars: one of the calendars themselves and one for each of them. All are listed whole: Graph v1.0 tells changes of events
 * only within a window of time, with every occurrence in it (ADR 0082).
 */
final class CalendarFeeds {
    private static final FeedId CALENDARS = new FeedId("calendars");
    private static final String RULES = "events:immutable:1";

    private final GraphClient graph;
    private final Recent<List<ObjectNode>> listed = new Recent<>();

    CalendarFeeds(GraphClient graph) {
        this.graph = graph;
    }

    List<Feed> of(ResourceId resource, CalendarCalls calls) {
        List<ObjectNode> calendars = list(calls);
        listed.put(resource, calendars);
        List<Feed> feeds = new ArrayList<>();
        feeds.add(feed(CALENDARS));
        own(calendars).forEach(each -> feeds.add(feed(new FeedId(EventItems.id(each)))));
        return feeds;
    }

    private static Feed feed(FeedId id) {
        return new Feed(id, Feed.Kind.ENUMERATION, RULES, false, Duration.ofDays(365));
    }

    /**
     * Calendars that others share are theirs: they are backed up where they belong. The owner is compared with that of the default calendar, which
     * Exchange writes the same way; without a default one nothing can be told apart.
     */
    private static List<ObjectNode> own(List<ObjectNode> calendars) {
        Optional<String> owner = calendars.stream()
                .filter(each -> each.path("isDefaultCalendar").asBoolean())
                .findFirst()
                .flatMap(CalendarFeeds::owner);
        return calendars.stream()
                .filter(each -> owner.isEmpty()
                        || owner(each).isEmpty()
                        || owner(each).get().equalsIgnoreCase(owner.get()))
                .toList();
    }

    private static Optional<String> owner(ObjectNode calendar) {
        return Json.text(calendar.path("owner"), "address");
    }

    private List<ObjectNode> list(CalendarCalls calls) {
        List<ObjectNode> calendars = new ArrayList<>();
        graph.each(calls.calendars(), calendars::add);
        return calendars;
    }

    ChangePage changes(ResourceId resource, CalendarCalls calls, Feed feed, Optional<Cursor> from) {
        if (feed.id().equals(CALENDARS)) {
            // Asked for a moment ago, to know the feeds; a second time only if the page is repeated.
            List<Change> changes = listed.take(resource).orElseGet(() -> list(calls)).stream()
                    .<Change>map(each -> new Change.Upsert(EventItems.calendar(each), List.of()))
                    .toList();
            return new GatheredPage(changes, new ChangePage.CaughtUp(new Cursor("", RULES), true));
        }
        ItemKey calendar = new ItemKey(feed.id().value());
        return ListedPage.open(
                graph,
                calls.inventory(calendar.value()),
                feed,
                from,
                event -> Optional.of(new Change.Upsert(EventItems.event(event, calendar), List.of())));
    }
}
