// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The calendars of a mailbox and what was ever in them; guarded by the tenant. */
final class GraphCalendars {
    private final GraphMailbox mailbox;
    private final List<GraphCalendar> calendars = new ArrayList<>();
    private final List<GraphEvent> events = new ArrayList<>();
    private final Set<String> transactions = new HashSet<>();

    GraphCalendars(GraphMailbox mailbox) {
        this.mailbox = mailbox;
        addCalendar("Calendar", mailbox.owner());
    }

    GraphCalendar addCalendar(String name, GraphUser owner) {
        GraphCalendar calendar = new GraphCalendar(mailbox, calendars.size(), name, owner);
        calendars.add(calendar);
        return calendar;
    }

    GraphEvent add(GraphCalendar calendar, Map<String, Object> properties, List<GraphAttachment> attachments) {
        GraphEvent event = new GraphEvent(calendar, events.size(), properties, attachments);
        events.add(event);
        return event;
    }

    /** Whether a request with this mark is the first one. */
    boolean isFirst(String transaction) {
        return transactions.add(transaction);
    }

    List<GraphEvent> events() {
        return events;
    }

    List<GraphCalendar> all() {
        return calendars.stream().filter(GraphCalendar::isThere).toList();
    }

    GraphCalendar first() {
        return calendars.get(0);
    }

    GraphCalendar find(String id) {
        Ids.Parts parts = parts(id, GraphCalendar.VERSION);
        GraphCalendar calendar = calendars.get((int) parts.number());
        if (!calendar.isThere()) {
            throw GraphError.notFound();
        }
        return calendar;
    }

    /** An event, or an occurrence of a series. */
    Optional<Occurrence> findEvent(String id) {
        Ids.Parts parts = parts(id, GraphEvent.VERSION);
        GraphEvent event = events.get((int) parts.number());
        return event.isGone() || event.isVanished() ? Optional.empty() : event.at(parts.part());
    }

    private Ids.Parts parts(String id, long version) {
        return Ids.read(id)
                .filter(parts -> parts.owner().equals(mailbox.id()) && parts.version() == version)
                .orElseThrow(GraphError::malformedId);
    }
}
