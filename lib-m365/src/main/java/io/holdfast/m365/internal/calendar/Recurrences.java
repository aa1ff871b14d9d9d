// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import biweekly.util.DateTimeComponents;
import biweekly.util.DayOfWeek;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** A {@code patternedRecurrence} as a rule of RFC 5545, section 3.3.10. */
final class Recurrences {
    /** A day of the month that is not in every month. */
    private static final int LAST_COMMON_DAY = 28;

    private Recurrences() {}

    /**
     * Translates a recurrence.
     *
     * @param recurrence as Graph gives it
     * @param start the time of day at which the series starts, in its zone; empty for whole days
     * @param zone the zone of the series
     * @return empty if the pattern is none that is known
     */
    static Optional<Recurrence> rule(JsonNode recurrence, Optional<LocalTime> start, ZoneId zone) {
        JsonNode pattern = recurrence.path("pattern");
        Optional<Recurrence.Builder> builder = pattern(pattern);
        builder.ifPresent(rule -> {
            rule.interval(Math.max(1, pattern.path("interval").asInt(1)));
            range(rule, recurrence.path("range"), start, zone);
        });
        return builder.map(Recurrence.Builder::build);
    }

    private static Optional<Recurrence.Builder> pattern(JsonNode pattern) {
        switch (pattern.path("type").asText("").toLowerCase(Locale.ROOT)) {
            case "daily":
                return Optional.of(new Recurrence.Builder(Frequency.DAILY));
            case "weekly":
                Recurrence.Builder weekly = new Recurrence.Builder(Frequency.WEEKLY).byDay(days(pattern));
                day(pattern.path("firstDayOfWeek").asText("")).ifPresent(weekly::workweekStarts);
                return Optional.of(weekly);
            case "absolutemonthly":
                return Optional.of(dayOfMonth(new Recurrence.Builder(Frequency.MONTHLY), pattern));
            case "relativemonthly":
                return Optional.of(weekOfMonth(new Recurrence.Builder(Frequency.MONTHLY), pattern));
            case "absoluteyearly":
                return Optional.of(dayOfMonth(yearly(pattern), pattern));
            case "relativeyearly":
                return Optional.of(weekOfMonth(yearly(pattern), pattern));
            default:
                return Optional.empty();
        }
    }

    private static Recurrence.Builder yearly(JsonNode pattern) {
        return new Recurrence.Builder(Frequency.YEARLY)
                .byMonth(pattern.path("month").asInt(1));
    }

    /** Exchange takes the last day of a month that is too short; a rule leaves such a month out, unless it is told. */
    private static Recurrence.Builder dayOfMonth(Recurrence.Builder rule, JsonNode pattern) {
        int day = pattern.path("dayOfMonth").asInt(1);
        if (day <= LAST_COMMON_DAY) {
            return rule.byMonthDay(day);
        }
        return rule.byMonthDay(
                        IntStream.rangeClosed(LAST_COMMON_DAY, day).boxed().toList())
                .bySetPos(-1);
    }

    private static Recurrence.Builder weekOfMonth(Recurrence.Builder rule, JsonNode pattern) {
        return rule.byDay(days(pattern)).bySetPos(position(pattern.path("index").asText("first")));
    }

    private static int position(String index) {
        switch (index.toLowerCase(Locale.ROOT)) {
            case "second":
                return 2;
            case "third":
                return 3;
            case "fourth":
                return 4;
            case "last":
                return -1;
            default:
                return 1;
        }
    }

    private static void range(Recurrence.Builder rule, JsonNode range, Optional<LocalTime> start, ZoneId zone) {
        String type = range.path("type").asText("").toLowerCase(Locale.ROOT);
        Optional<LocalDate> end = EventTimes.date(range.path("endDate"));
        if (type.equals("numbered")) {
            rule.count(range.path("numberOfOccurrences").asInt(1));
        } else if (type.equals("enddate") && end.isPresent()) {
            rule.until(
                    start.isPresent()
                            ? new ICalDate(Date.from(
                                    end.get().atTime(start.get()).atZone(zone).toInstant()))
                            : day(end.get()));
        }
    }

    static ICalDate day(LocalDate date) {
        return new ICalDate(new DateTimeComponents(date.getYear(), date.getMonthValue(), date.getDayOfMonth()), false);
    }

    private static List<DayOfWeek> days(JsonNode pattern) {
        List<DayOfWeek> days = new ArrayList<>();
        for (JsonNode each : pattern.path("daysOfWeek")) {
            day(each.asText("")).ifPresent(days::add);
        }
        return days;
    }

    private static Optional<DayOfWeek> day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equalsIgnoreCase(name)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }
}
