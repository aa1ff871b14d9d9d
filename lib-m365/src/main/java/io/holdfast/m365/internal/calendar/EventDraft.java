// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.RestoreMark;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * What is written of an event when it is restored. Never attendees: Exchange would invite them, and no request of Graph v1.0 can ask it not to. Who they
 * were, and who had invited, is kept in an extended property.
 */
final class EventDraft {
    /** Who took part, in words; a named property of the restored event. */
    static final String PEOPLE = "String {6f1d3a52-70c4-4d0e-9a3b-5c1c6d0f4b7e} Name HoldfastAttendees";

    /** Extended properties that are longer come as streams, which Graph does not give. */
    private static final int LONGEST_NOTE = 16_000;

    private static final List<String> WRITTEN = List.of(
            "subject",
            "body",
            "isAllDay",
            "location",
            "locations",
            "importance",
            "sensitivity",
            "showAs",
            "categories",
            "isReminderOn",
            "reminderMinutesBeforeStart",
            "allowNewTimeProposals",
            "responseRequested");

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    private final EventTimes times;

    EventDraft(EventTimes times) {
        this.times = times;
    }

    EventTimes times() {
        return times;
    }

    /** A new event; of a series the rule, not what differs from it. */
    ObjectNode whole(JsonNode event, String tag) {
        ObjectNode draft = state(event);
        JsonNode recurrence = event.path("recurrence");
        if (recurrence.isObject()) {
            draft.set("recurrence", recurrence);
        }
        RestoreMark.put(draft, tag);
        people(event).ifPresent(note -> RestoreMark.note(draft, PEOPLE, note));
        return draft;
    }

    /** What is written over an event, or over an occurrence. */
    ObjectNode state(JsonNode event) {
        ObjectNode draft = Json.object();
        for (String field : WRITTEN) {
            JsonNode value = event.get(field);
            if (value != null && !value.isNull()) {
                draft.set(field, value.deepCopy());
            }
        }
        withoutIds(draft.path("location"));
        draft.path("locations").forEach(EventDraft::withoutIds);
        time(event, "start", "originalStartTimeZone").ifPresent(time -> draft.set("start", time));
        time(event, "end", "originalEndTimeZone").ifPresent(time -> draft.set("end", time));
        return draft;
    }

    /** What an exception has otherwise than its series; its times in any case, which follow from the day alone. */
    ObjectNode difference(JsonNode exception, JsonNode series) {
        ObjectNode all = state(exception);
        ObjectNode same = state(series);
        for (String field : WRITTEN) {
            if (all.path(field).equals(same.path(field))) {
                all.remove(field);
            }
        }
        return all;
    }

    private static void withoutIds(JsonNode location) {
        if (location instanceof ObjectNode object) {
            object.remove(List.of("uniqueId", "uniqueIdType"));
        }
    }

    /** Whole days at midnight of no zone in particular; other times in the zone in which the event was made, if anybody else knows that one. */
    private Optional<JsonNode> time(JsonNode event, String which, String zoneField) {
        JsonNode given = event.path(which);
        String name = Json.text(event, zoneField).orElse("UTC");
        Optional<ZoneId> zone = times.find(name);
        if (event.path("isAllDay").asBoolean()) {
            return times.day(given, zone.orElse(ZoneOffset.UTC)).map(day -> node(day.atStartOfDay(), "UTC"));
        }
        Optional<ZonedDateTime> moment = times.moment(given, zone.orElse(ZoneOffset.UTC));
        return moment.map(time -> node(time.toLocalDateTime(), zone.isPresent() ? name : "UTC"));
    }

    private static JsonNode node(LocalDateTime time, String zone) {
        return Json.object().put("dateTime", LOCAL.format(time)).put("timeZone", zone);
    }

    /** Whether anybody else took part. */
    static boolean isMeeting(JsonNode event) {
        return !event.path("attendees").isEmpty();
    }

    private static Optional<String> people(JsonNode event) {
        if (!isMeeting(event)) {
            return Optional.empty();
        }
        StringBuilder note = new StringBuilder("organizer: ").append(person(event.path("organizer")));
        for (JsonNode each : event.path("attendees")) {
            note.append('\n')
                    .append(each.path("type").asText("required"))
                    .append(": ")
                    .append(person(each))
                    .append(", ")
                    .append(each.path("status").path("response").asText("none"));
        }
        return Optional.of(note.substring(0, Math.min(LONGEST_NOTE, note.length())));
    }

    private static String person(JsonNode recipient) {
        JsonNode address = recipient.path("emailAddress");
        return address.path("name").asText("") + " <" + address.path("address").asText("") + ">";
    }
}
