// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The days of a {@code patternedRecurrence}, as Outlook counts them: a month that is too short for a day has it on its last one. */
final class RecurrenceDates {
    /** Series without an end are not looked at for longer than Outlook shows them. */
    private static final Period FAR = Period.ofYears(50);

    private final Map<String, Object> pattern;
    private final LocalDate start;
    private final LocalDate end;
    private final int count;

    RecurrenceDates(Map<String, Object> recurrence) {
        this.pattern = Json.child(recurrence, "pattern");
        Map<String, Object> range = Json.child(recurrence, "range");
        this.start = LocalDate.parse(Json.text(range, "startDate"));
        String type = Json.text(range, "type");
        this.end = type.equalsIgnoreCase("endDate") ? LocalDate.parse(Json.text(range, "endDate")) : start.plus(FAR);
        this.count = type.equalsIgnoreCase("numbered") ? number(range, "numberOfOccurrences") : Integer.MAX_VALUE;
        if (type.equalsIgnoreCase("numbered") && count < 1 || days(start, 1).isEmpty() && end.isBefore(start)) {
            throw new GraphError(400, "ErrorRecurrenceHasNoOccurrence", "The recurrence has no occurrence.");
        }
    }

    private static int number(Map<String, Object> object, String name) {
        return object.get(name) instanceof Number number ? number.intValue() : 0;
    }

    /** Whether the series has an occurrence on a day. */
    boolean has(LocalDate day) {
        return until(day).contains(day);
    }

    /** The days up to one, inclusive. */
    List<LocalDate> until(LocalDate last) {
        return days(last, count);
    }

    private List<LocalDate> days(LocalDate last, int most) {
        List<LocalDate> days = new ArrayList<>();
        LocalDate bound = last.isBefore(end) ? last : end;
        int interval = Math.max(1, number(pattern, "interval"));
        String type = Json.text(pattern, "type").toLowerCase(Locale.ROOT);
        for (int period = 0; days.size() < most; period += interval) {
            LocalDate from = periodStart(type, period);
            if (from.isAfter(bound)) {
                return days;
            }
            for (LocalDate day : in(type, from)) {
                if (!day.isBefore(start) && !day.isAfter(bound) && days.size() < most) {
                    days.add(day);
                }
            }
        }
        return days;
    }

    private LocalDate periodStart(String type, int period) {
        return switch (type) {
            case "daily" -> start.plusDays(period);
            case "weekly" ->
                start.with(TemporalAdjusters.previousOrSame(
                                day(Json.text(pattern, "firstDayOfWeek"), DayOfWeek.SUNDAY)))
                        .plusWeeks(period);
            case "absolutemonthly", "relativemonthly" -> start.withDayOfMonth(1).plusMonths(period);
            case "absoluteyearly", "relativeyearly" ->
                LocalDate.of(start.getYear() + period, Math.max(1, number(pattern, "month")), 1);
            default -> throw GraphError.property("'" + type + "' is no type of recurrence.");
        };
    }

    private Set<LocalDate> in(String type, LocalDate from) {
        Set<LocalDate> days = new TreeSet<>();
        if (type.equals("daily")) {
            days.add(from);
        } else if (type.equals("weekly")) {
            weekdays().forEach(each -> days.add(from.with(TemporalAdjusters.nextOrSame(each))));
        } else if (type.startsWith("absolute")) {
            days.add(from.withDayOfMonth(Math.min(number(pattern, "dayOfMonth"), from.lengthOfMonth())));
        } else {
            days.add(weekOfMonth(YearMonth.from(from)));
        }
        return days;
    }

    /** The first, or last, or whichever of the days of a month that are one of the weekdays. */
    private LocalDate weekOfMonth(YearMonth month) {
        Set<DayOfWeek> wanted = weekdays();
        List<LocalDate> candidates = month.atDay(1)
                .datesUntil(month.atEndOfMonth().plusDays(1))
                .filter(day -> wanted.contains(day.getDayOfWeek()))
                .toList();
        int index = List.of("first", "second", "third", "fourth")
                .indexOf(Json.text(pattern, "index").toLowerCase(Locale.ROOT));
        return candidates.get(index < 0 ? candidates.size() - 1 : index);
    }

    private Set<DayOfWeek> weekdays() {
        Set<DayOfWeek> days = new TreeSet<>();
        if (pattern.get("daysOfWeek") instanceof List<?> names) {
            names.forEach(name -> days.add(day(String.valueOf(name), DayOfWeek.MONDAY)));
        }
        if (days.isEmpty()) {
            throw GraphError.property("The recurrence names no day of the week.");
        }
        return days;
    }

    private static DayOfWeek day(String name, DayOfWeek otherwise) {
        return name.isEmpty() ? otherwise : DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
