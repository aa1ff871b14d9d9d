// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import biweekly.component.DaylightSavingsTime;
import biweekly.component.Observance;
import biweekly.component.StandardTime;
import biweekly.component.VTimezone;
import biweekly.util.DateTimeComponents;
import biweekly.util.DayOfWeek;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import biweekly.util.UtcOffset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes a zone as the component that RFC 5545, section 3.6.5, asks for: as it was when the event begins, each change of the clocks since then, and the
 * rules by which it goes on.
 */
final class ZoneComponents {
    /** Zones without a rule change by decree: so many changes cover what is known. */
    private static final int MOST_CHANGES = 200;

    /** How many years are written out where no rule can say what will be. */
    private static final int FORESEEN = 40;

    private ZoneComponents() {}

    /**
     * Describes a zone.
     *
     * @param zone a zone of the tz database
     * @param from the first moment that needs it, as the clocks show it
     */
    static VTimezone of(ZoneId zone, LocalDateTime from) {
        ZoneRules rules = zone.getRules();
        VTimezone component = new VTimezone(zone.getId());
        LocalDateTime start = from.toLocalDate().withDayOfYear(1).atStartOfDay();
        ZoneOffset first = rules.getOffset(start);
        ZoneOffsetTransition change = rules.nextTransition(start.toInstant(first));
        // A summer that has stayed for good is what other programs call standard.
        boolean summer = change != null && rules.isDaylightSavings(start.toInstant(first));
        add(component, summer, observance(summer, start, first, first));
        int lastYear = lastYearByDecree(rules, start.getYear());
        for (int n = 0; change != null && change.getDateTimeBefore().getYear() <= lastYear && n < MOST_CHANGES; n++) {
            addChange(component, rules, change);
            change = rules.nextTransition(change.getInstant());
        }
        for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
            addRule(component, rules, rule, lastYear + 1);
        }
        return component;
    }

    private static int lastYearByDecree(ZoneRules rules, int year) {
        List<ZoneOffsetTransition> decreed = rules.getTransitions();
        if (rules.getTransitionRules().isEmpty() || decreed.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int last = decreed.get(decreed.size() - 1).getDateTimeBefore().getYear();
        return Math.max(last, year - 1);
    }

    private static void addChange(VTimezone component, ZoneRules rules, ZoneOffsetTransition change) {
        boolean summer = rules.isDaylightSavings(change.getInstant());
        add(
                component,
                summer,
                observance(summer, change.getDateTimeBefore(), change.getOffsetBefore(), change.getOffsetAfter()));
    }

    private static void addRule(VTimezone component, ZoneRules rules, ZoneOffsetTransitionRule rule, int year) {
        ZoneOffsetTransition first = rule.createTransition(year);
        Optional<Recurrence> yearly = yearly(rule, first.getDateTimeBefore());
        if (yearly.isEmpty()) {
            for (int each = year; each < year + FORESEEN; each++) {
                addChange(component, rules, rule.createTransition(each));
            }
            return;
        }
        boolean summer = rules.isDaylightSavings(first.getInstant());
        Observance observance =
                observance(summer, first.getDateTimeBefore(), first.getOffsetBefore(), first.getOffsetAfter());
        observance.setRecurrenceRule(yearly.get());
        add(component, summer, observance);
    }

    /**
     * The weekday within the week of days that the rule means; in the short form that all programs know, where it is that week. Empty for a week that ends
     * in the next month, such as the day after the last Thursday, which no rule of iCalendar can say.
     */
    private static Optional<Recurrence> yearly(ZoneOffsetTransitionRule rule, LocalDateTime first) {
        Recurrence.Builder yearly = new Recurrence.Builder(Frequency.YEARLY).byMonth(first.getMonthValue());
        if (rule.getDayOfWeek() == null) {
            return Optional.of(yearly.byMonthDay(first.getDayOfMonth()).build());
        }
        DayOfWeek day = DayOfWeek.valueOf(first.getDayOfWeek().name());
        int from = rule.getDayOfMonthIndicator();
        int shift = (int) ChronoUnit.DAYS.between(named(rule, first.getYear()), first.toLocalDate());
        if (shift == 0 && (from < 0 || from == rule.getMonth().maxLength() - 6)) {
            return Optional.of(yearly.byDay(-1, day).build());
        }
        if (shift == 0 && from % 7 == 1) {
            return Optional.of(yearly.byDay((from + 6) / 7, day).build());
        }
        int start = (from < 0 ? from - 6 : from) + shift;
        if (from > 0 ? start < 1 || start + 6 > rule.getMonth().minLength() : start + 6 > -1) {
            return Optional.empty();
        }
        List<Integer> days = IntStream.range(start, start + 7).boxed().toList();
        return Optional.of(yearly.byDay(day).byMonthDay(days).build());
    }

    /** The day that the rule names; the clocks may show another one when it takes effect. */
    private static LocalDate named(ZoneOffsetTransitionRule rule, int year) {
        int indicator = rule.getDayOfMonthIndicator();
        LocalDate month = LocalDate.of(year, rule.getMonth(), 1);
        return indicator < 0
                ? month.withDayOfMonth(month.lengthOfMonth() + 1 + indicator)
                        .with(TemporalAdjusters.previousOrSame(rule.getDayOfWeek()))
                : month.withDayOfMonth(indicator).with(TemporalAdjusters.nextOrSame(rule.getDayOfWeek()));
    }

    private static Observance observance(boolean summer, LocalDateTime start, ZoneOffset before, ZoneOffset after) {
        Observance observance = summer ? new DaylightSavingsTime() : new StandardTime();
        observance.setDateStart(new ICalDate(components(start), true));
        observance.setTimezoneOffsetFrom(offset(before));
        observance.setTimezoneOffsetTo(offset(after));
        return observance;
    }

    private static void add(VTimezone component, boolean summer, Observance observance) {
        if (summer) {
            component.addDaylightSavingsTime((DaylightSavingsTime) observance);
        } else {
            component.addStandardTime((StandardTime) observance);
        }
    }

    private static DateTimeComponents components(LocalDateTime time) {
        return new DateTimeComponents(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                false);
    }

    private static UtcOffset offset(ZoneOffset offset) {
        return new UtcOffset(offset.getTotalSeconds() * 1000L);
    }
}
