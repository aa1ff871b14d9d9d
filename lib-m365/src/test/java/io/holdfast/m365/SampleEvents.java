// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.json.Json;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fills calendars: single events, whole days, series with what is different in them, meetings. */
final class SampleEvents {
    private static final String BERLIN = "W. Europe Standard Time";
    /** A Monday, a fortnight before the clocks change. */
    private static final LocalDate MONDAY = LocalDate.of(2025, 3, 17);

    private final GraphUser user;
    private final Random random;

    SampleEvents(GraphUser user, Random random) {
        this.user = user;
        this.random = random;
    }

    void fill(int events) {
        List<GraphCalendar> calendars = List.of(
                user.mailbox().calendar(),
                user.mailbox().addCalendar("Mannschaft"),
                user.mailbox().calendar());
        user.mailbox().addCalendar("Leer");
        for (int i = 0; i < events; i++) {
            add(calendars.get(i % calendars.size()), i);
        }
    }

    private void add(GraphCalendar calendar, int number) {
        LocalDate day = MONDAY.plusDays(random.nextInt(300));
        switch (number % 7) {
            case 0 -> calendar.add(event("Termin", number, day).set("categories", List.of("Wichtig")));
            case 1 -> calendar.add(EventDraft.allDay("Urlaub " + number, day, 3).set("showAs", "oof"));
            case 2 -> series(calendar, number);
            case 3 ->
                calendar.add(event("Mit Unterlagen", number, day)
                        .attach(GraphAttachment.file("leer.txt", "text/plain", new byte[0]))
                        .attach(GraphAttachment.file(
                                "agenda.pdf", "application/pdf", SampleTenant.noise(random, 3_000))));
            case 4 ->
                calendar.add(event("Besprechung", number, day)
                        .attendee("Eve", "eve@elsewhere.example")
                        .set("location", Json.object("displayName", "Saal 1")));
            case 5 ->
                calendar.add(event("Täglich", number, day)
                        .daily()
                        .set("sensitivity", "private")
                        .set("importance", "high"));
            default -> monthly(calendar, number);
        }
    }

    private static EventDraft event(String subject, int number, LocalDate day) {
        return EventDraft.of(subject + " " + number, day.atTime(9, 30), BERLIN, Duration.ofMinutes(45))
                .html("<p>Text von " + number + "</p>");
    }

    /** Over the change of the clocks, with an occurrence that moved, one that has another name, and one that was cancelled. */
    private static void series(GraphCalendar calendar, int number) {
        GraphEvent series = calendar.add(event("Runde", number, MONDAY)
                .weekly(12, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY)
                .set("reminderMinutesBeforeStart", 5)
                .set("isReminderOn", true));
        LocalDate moved = MONDAY.plusDays(14);
        series.editOccurrence(moved, "start", Json.object("dateTime", moved + "T14:00:00", "timeZone", BERLIN));
        series.editOccurrence(moved, "end", Json.object("dateTime", moved + "T16:00:00", "timeZone", BERLIN));
        series.editOccurrence(MONDAY.plusDays(7), "subject", "Lange Runde " + number);
        series.cancelOccurrence(MONDAY.plusDays(2));
    }

    private static void monthly(GraphCalendar calendar, int number) {
        Map<String, Object> pattern = Json.object(
                "type", "relativeMonthly", "interval", 1, "daysOfWeek", List.of("tuesday"), "index", "second");
        calendar.add(event("Monatlich", number, LocalDate.of(2025, 4, 8))
                .repeated(pattern, Json.object("type", "endDate", "endDate", "2025-12-31")));
    }
}
