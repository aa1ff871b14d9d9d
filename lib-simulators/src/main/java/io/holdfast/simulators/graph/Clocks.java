// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Times of calendars: a local time and the name of a zone, which is one of Windows or of the tz database. */
final class Clocks {
    private static final DateTimeFormatter TICKS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS");
    /** The names of Windows that tests and samples use. */
    private static final Map<String, String> WINDOWS = Map.of(
            "UTC", "Etc/UTC",
            "GMT Standard Time", "Europe/London",
            "W. Europe Standard Time", "Europe/Berlin",
            "Romance Standard Time", "Europe/Paris",
            "Eastern Standard Time", "America/New_York",
            "Central Standard Time", "America/Chicago",
            "Pacific Standard Time", "America/Los_Angeles",
            "India Standard Time", "Asia/Kolkata",
            "Tokyo Standard Time", "Asia/Tokyo");

    private Clocks() {}

    static ZoneId zone(String name) {
        try {
            return ZoneId.of(WINDOWS.getOrDefault(name, name));
        } catch (DateTimeException e) {
            throw new GraphError(
                    400,
                    "TimeZoneNotSupportedException",
                    "A valid TimeZone value must be specified. The following TimeZone value is not supported: '" + name
                            + "'.");
        }
    }

    /** The local time in UTC of a {@code dateTimeTimeZone}. */
    static LocalDateTime utc(Map<String, Object> dateTimeTimeZone) {
        LocalDateTime local = local(Json.text(dateTimeTimeZone, "dateTime"));
        return local.atZone(zone(zoneName(dateTimeTimeZone)))
                .withZoneSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }

    static String zoneName(Map<String, Object> dateTimeTimeZone) {
        String name = Json.text(dateTimeTimeZone, "timeZone");
        return name.isEmpty() ? "UTC" : name;
    }

    /** A local time, or one with an offset as queries have it, in UTC. */
    static LocalDateTime local(String text) {
        try {
            return text.endsWith("Z")
                    ? LocalDateTime.parse(text.substring(0, text.length() - 1))
                    : LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw GraphError.property("'" + text + "' is no time.");
        }
    }

    /** As Graph shows a time if nobody asks for another zone. */
    static Map<String, Object> shown(LocalDateTime utc) {
        return Json.object("dateTime", TICKS.format(utc), "timeZone", "UTC");
    }

    /** A moment with all the digits that Exchange has. */
    static String ticks(Instant moment) {
        return TICKS.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC)) + "Z";
    }
}
