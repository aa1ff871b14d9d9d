// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event as a whole, or what a series has on one day; guarded by the tenant. */
final class Occurrence {
    private final GraphEvent event;
    private final Optional<LocalDate> day;
    private final Map<String, Object> own = new LinkedHashMap<>();
    private final List<EventAttachment> attachments = new ArrayList<>();

    /** The event as a whole, or its occurrence on a day. */
    Occurrence(GraphEvent event, Optional<LocalDate> day) {
        this.event = event;
        this.day = day;
    }

    GraphEvent event() {
        return event;
    }

    Optional<LocalDate> day() {
        return day;
    }

    int part() {
        return day.map(date -> (int) date.toEpochDay()).orElse(0);
    }

    /** What it is, in the service's word. */
    String type() {
        if (day.isEmpty()) {
            return event.properties().get("recurrence") == null ? "singleInstance" : "seriesMaster";
        }
        return event.isException(day.get()) ? "exception" : "occurrence";
    }

    /** Changes it; an occurrence becomes an exception. */
    void change(Map<String, Object> changes) {
        (day.isEmpty() ? event.properties() : own).putAll(changes);
        event.touch();
    }

    Map<String, Object> properties() {
        if (day.isEmpty()) {
            return event.properties();
        }
        Map<String, Object> all = new LinkedHashMap<>(event.properties());
        all.putAll(own);
        return all;
    }

    boolean isAllDay() {
        return Boolean.TRUE.equals(properties().get("isAllDay"));
    }

    /** When it begins, in UTC; whole days begin at midnight wherever somebody is. */
    LocalDateTime start() {
        return own.containsKey("start") || day.isEmpty() ? moment("start") : byRule();
    }

    LocalDateTime end() {
        if (own.containsKey("end") || day.isEmpty()) {
            return moment("end");
        }
        Occurrence whole = event.whole();
        return start().plus(Duration.between(whole.start(), whole.end()));
    }

    private LocalDateTime moment(String name) {
        Map<String, Object> given = Json.child(properties(), name);
        if (given.isEmpty()) {
            throw GraphError.property("The property '" + name + "' is required.");
        }
        if (!isAllDay()) {
            return Clocks.utc(given);
        }
        LocalDateTime local = Clocks.local(Json.text(given, "dateTime"));
        if (!local.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            throw new GraphError(
                    400,
                    "ErrorPropertyValidationFailure",
                    "The Event.Start property for an all-day event needs to be set to midnight.");
        }
        return local;
    }

    /** When it begins if nothing was changed. */
    LocalDateTime byRule() {
        Occurrence whole = event.whole();
        if (day.isEmpty() || whole.isAllDay()) {
            return day.map(LocalDate::atStartOfDay).orElseGet(whole::start);
        }
        ZoneId zone = Clocks.zone(zoneOfSeries());
        LocalTime time =
                whole.start().atZone(ZoneOffset.UTC).withZoneSameInstant(zone).toLocalTime();
        return day.get()
                .atTime(time)
                .atZone(zone)
                .withZoneSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }

    private String zoneOfSeries() {
        Map<String, Object> range = Json.child(Json.child(event.properties(), "recurrence"), "range");
        String zone = Json.text(range, "recurrenceTimeZone");
        return zone.isEmpty() ? Clocks.zoneName(Json.child(event.properties(), "start")) : zone;
    }

    /** What is attached to it; an occurrence has what the series has, and its own. */
    List<EventAttachment> attachments() {
        List<EventAttachment> all = new ArrayList<>(event.stored());
        all.addAll(attachments);
        return all;
    }

    EventAttachment attach(GraphAttachment attachment) {
        return event.store(day.isEmpty() ? event.stored() : attachments, attachment);
    }
}
