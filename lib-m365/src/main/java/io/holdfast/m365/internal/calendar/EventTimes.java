// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What the times in an event's JSON mean. Exchange gives them in UTC, and beside them the zone in which the event was made: only there a
 * weekly meeting keeps its hour when the clocks change.
 */
final class EventTimes {
    private static final ZoneId UTC = ZoneOffset.UTC;

    private final WindowsZones zones;

    EventTimes(WindowsZones zones) {
        this.zones = zones;
    }

    /** The zone in which an event was made; UTC if it is none that anybody else knows. */
    ZoneId zone(JsonNode event) {
        String series = event.path("recurrence")
                .path("range")
                .path("recurrenceTimeZone")
                .asText("");
        return zones.find(series)
                .or(() -> zones.find(event.path("originalStartTimeZone").asText("")))
                .orElse(UTC);
    }

    /** A zone by its name at Exchange; empty for one that somebody made up in a client. */
    Optional<ZoneId> find(String name) {
        return zones.find(name);
    }

    /** A moment as a {@code dateTimeTimeZone} gives it, seen in another zone. */
    Optional<ZonedDateTime> moment(JsonNode dateTimeTimeZone, ZoneId zone) {
        return local(dateTimeTimeZone)
                .map(local -> local.atZone(own(dateTimeTimeZone)).withZoneSameInstant(zone));
    }

    /**
     * The day that a {@code dateTimeTimeZone} of an all-day event means: midnight of it in the zone that it names, or else in the zone in which
     * the event was made.
     */
    Optional<LocalDate> day(JsonNode dateTimeTimeZone, ZoneId zone) {
        Optional<LocalDateTime> local = local(dateTimeTimeZone);
        if (local.isPresent() && !local.get().toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return moment(dateTimeTimeZone, zone).map(ZonedDateTime::toLocalDate);
        }
        return local.map(LocalDateTime::toLocalDate);
    }

    /** When the occurrence of a day begins by the rule of its series. */
    Optional<Instant> onDay(JsonNode series, LocalDate day) {
        ZoneId zone = zone(series);
        if (series.path("isAllDay").asBoolean()) {
            return Optional.of(day.atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        return moment(series.path("start"), zone)
                .map(start -> day.atTime(start.toLocalTime()).atZone(zone).toInstant());
    }

    private ZoneId own(JsonNode dateTimeTimeZone) {
        return zones.find(dateTimeTimeZone.path("timeZone").asText("UTC")).orElse(UTC);
    }

    private static Optional<LocalDateTime> local(JsonNode dateTimeTimeZone) {
        try {
            return Optional.of(
                    LocalDateTime.parse(dateTimeTimeZone.path("dateTime").asText("")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A moment in ISO 8601; the first of the year 1 means none. */
    static Optional<Instant> instant(JsonNode text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.asText("")))
                    .filter(time -> time.getYear() > 1)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A date in ISO 8601; the first of the year 1 means none. */
    static Optional<LocalDate> date(JsonNode text) {
        try {
            return Optional.of(LocalDate.parse(text.asText(""))).filter(date -> date.getYear() > 1);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
