// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event before it is in a calendar. For one thread; adding it to a calendar copies it. */
public final class EventDraft {
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<GraphAttachment> attachments = new ArrayList<>();

    private EventDraft() {}

    /**
     * An event with a beginning and an end.
     *
     * @param subject its subject
     * @param start when it begins, as the clocks of the zone show it
     * @param zone the zone, by its name in Windows or in the tz database
     * @param duration how long it takes
     * @return an event of nobody else
     */
    public static EventDraft of(String subject, LocalDateTime start, String zone, Duration duration) {
        EventDraft draft = new EventDraft();
        return draft.set("subject", Objects.requireNonNull(subject))
                .set("body", Json.object("contentType", "html", "content", ""))
                .set("start", Json.object("dateTime", start.toString(), "timeZone", zone))
                .set("end", Json.object("dateTime", start.plus(duration).toString(), "timeZone", zone));
    }

    /**
     * An event of whole days.
     *
     * @param subject its subject
     * @param first its first day
     * @param days how many
     * @return an event of nobody else
     */
    public static EventDraft allDay(String subject, LocalDate first, int days) {
        return of(subject, first.atStartOfDay(), "UTC", Duration.ofDays(days)).set("isAllDay", true);
    }

    /**
     * Makes it a series that is repeated each week.
     *
     * @param times how often
     * @param days on which days of the week
     * @return this draft
     */
    public EventDraft weekly(int times, DayOfWeek... days) {
        List<String> names = new ArrayList<>();
        for (DayOfWeek day : days) {
            names.add(day.name().toLowerCase(Locale.ROOT));
        }
        return repeated(
                Json.object("type", "weekly", "interval", 1, "daysOfWeek", names, "firstDayOfWeek", "sunday"),
                Json.object("type", "numbered", "numberOfOccurrences", times));
    }

    /**
     * Makes it a series that has no end.
     *
     * @return this draft, repeated each day
     */
    public EventDraft daily() {
        return repeated(Json.object("type", "daily", "interval", 1), Json.object("type", "noEnd"));
    }

    /**
     * Makes it a series.
     *
     * @param pattern as in a {@code recurrencePattern}
     * @param range as in a {@code recurrenceRange}; its first day and its zone are those of the event if it has none
     * @return this draft
     */
    public EventDraft repeated(Map<String, Object> pattern, Map<String, Object> range) {
        Map<String, Object> whole = new LinkedHashMap<>(range);
        Map<String, Object> start = Json.child(properties, "start");
        whole.putIfAbsent("startDate", Json.text(start, "dateTime").substring(0, 10));
        whole.putIfAbsent("recurrenceTimeZone", Json.text(start, "timeZone"));
        return set("recurrence", Json.object("pattern", new LinkedHashMap<>(pattern), "range", whole));
    }

    /**
     * Invites somebody.
     *
     * @param name the name
     * @param address the address
     * @return this draft
     */
    public EventDraft attendee(String name, String address) {
        List<Object> all = new ArrayList<>(Json.children(properties, "attendees"));
        all.add(Json.object(
                "type", "required",
                "status", Json.object("response", "none", "time", "0001-01-01T00:00:00Z"),
                "emailAddress", Json.object("name", name, "address", address)));
        return set("attendees", all);
    }

    /**
     * Sets its body.
     *
     * @param markup HTML
     * @return this draft
     */
    public EventDraft html(String markup) {
        return set("body", Json.object("contentType", "html", "content", markup));
    }

    /**
     * Attaches something.
     *
     * @param attachment the attachment
     * @return this draft
     */
    public EventDraft attach(GraphAttachment attachment) {
        attachments.add(attachment);
        return this;
    }

    /**
     * Sets a property.
     *
     * @param name the name of a property of {@code event}
     * @param value text, a number, a boolean, a list, a map or null
     * @return this draft
     */
    public EventDraft set(String name, @Nullable Object value) {
        properties.put(name, value);
        return this;
    }

    Map<String, Object> properties() {
        return properties;
    }

    List<GraphAttachment> attachments() {
        return attachments;
    }
}
