// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.Unanswered;
import io.holdfast.model.ItemRef;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for events by id. An event does not say where it is, and one that was deleted can still be had from where deleted things are kept: so it is there
 * only if its calendar gives it under its name in iCalendar.
 */
final class EventLookup {
    private final GraphClient graph;
    private final CalendarCalls calls;

    EventLookup(GraphClient graph, CalendarCalls calls) {
        this.graph = graph;
        this.calls = calls;
    }

    List<Lookup> of(List<ItemRef> items) {
        List<Lookup> answers = new ArrayList<>();
        for (ItemRef item : items) {
            try {
                answers.add(item.kind().container() ? calendar(item) : event(item));
            } catch (FailureException e) {
                answers.add(Unanswered.of(item, e));
            }
        }
        return answers;
    }

    private Lookup event(ItemRef item) {
        Optional<ObjectNode> event = graph.find(calls.lean(item.key().value()));
        boolean there = event.isPresent() && isListed(item, event.get());
        return there
                ? new Lookup.Present(EventItems.event(event.get(), EventItems.calendarOf(item)), item.feed())
                : new Lookup.Absent(item.key());
    }

    /** Whether the calendar that named an event gives it. */
    boolean isListed(ItemRef item, ObjectNode event) {
        Optional<String> uid = Json.text(event, "iCalUId");
        if (uid.isEmpty()) {
            return true;
        }
        String id = item.key().value();
        return graph.first(
                        calls.named(item.feed().value(), uid.get()),
                        each -> EventItems.id(each).equals(id))
                .isPresent();
    }

    private Lookup calendar(ItemRef item) {
        return graph.find(calls.calendar(item.key().value()))
                .<Lookup>map(found -> new Lookup.Present(EventItems.calendar(found), item.feed()))
                .orElseGet(() -> new Lookup.Absent(item.key()));
    }
}
