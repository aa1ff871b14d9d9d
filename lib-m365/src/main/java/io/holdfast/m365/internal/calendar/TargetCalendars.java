// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemKey;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreTarget.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The calendars of a mailbox that takes events back: found by id, by being the default one, or by name, and made where there is none. */
final class TargetCalendars {
    private final GraphClient graph;
    private final CalendarCalls calls;
    private final Optional<String> into;
    private final Map<ItemKey, String> bySource = new HashMap<>();
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();

    TargetCalendars(GraphClient graph, CalendarCalls calls, Optional<String> into) {
        this.graph = graph;
        this.calls = calls;
        this.into = into;
    }

    /** Finds or makes the calendar for what was in a calendar. */
    synchronized Placement put(RestoreItem calendar) {
        list();
        JsonNode metadata = metadata(calendar);
        String name = into.orElse(calendar.item().name());
        Optional<String> there = into.isPresent()
                ? named(name)
                : Optional.of(calendar.item().key().value())
                        .filter(byId::containsKey)
                        .or(() -> metadata.path("isDefaultCalendar").asBoolean() ? ofDefault() : named(name));
        bySource.put(calendar.item().key(), there.orElseGet(() -> create(name)));
        return there.isPresent() ? Placement.ALREADY_THERE : Placement.RESTORED;
    }

    /** The calendar for the events of one that was backed up. */
    synchronized String idFor(ItemKey source, List<String> path) {
        String known = bySource.get(source);
        if (known != null) {
            return known;
        }
        list();
        String name = into.orElseGet(() -> path.isEmpty() ? "Calendar" : path.get(path.size() - 1));
        String id = named(name).orElseGet(() -> create(name));
        bySource.put(source, id);
        return id;
    }

    private void list() {
        if (!byId.isEmpty()) {
            return;
        }
        graph.each(calls.calendars(), each -> byId.put(EventItems.id(each), each));
    }

    private Optional<String> ofDefault() {
        return byId.values().stream()
                .filter(each -> each.path("isDefaultCalendar").asBoolean())
                .map(EventItems::id)
                .findFirst();
    }

    /** Names are compared as Exchange does; calendars that cannot be written are left alone. */
    private Optional<String> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return byId.values().stream()
                .filter(each -> each.path("canEdit").asBoolean(true)
                        && Json.text(each, "name")
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .equals(wanted))
                .map(EventItems::id)
                .findFirst();
    }

    private String create(String name) {
        ObjectNode made = graph.object(calls.createCalendar().json(Json.object().put("name", name)));
        byId.put(EventItems.id(made), made);
        return EventItems.id(made);
    }

    private static JsonNode metadata(RestoreItem calendar) {
        try {
            return Json.read(calendar.item().metadata().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
