// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.json.Json;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.SourceConnector;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calendars of a simulated tenant, taken back. */
final class CalendarRestoreTest {
    private static final String BERLIN = "W. Europe Standard Time";
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);

    private final TenantRig rig =
            new TenantRig(Set.of("User.Read.All", "Organization.Read.All", "Calendars.ReadWrite"));
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphUser bob = rig.tenant.addUser("bob", "Bob Example");
    private final GraphCalendar calendar = ada.mailbox().calendar();

    @AfterEach
    void close() {
        rig.close();
    }

    private SourceConnector connector() {
        return rig.builder().workloads(EnumSet.of(M365Workload.CALENDAR)).build();
    }

    private void backUp() {
        rig.time.advance(Duration.ofHours(1));
        rig.backUp(connector());
    }

    private RestoreSession.Builder restore() {
        return RestoreSession.builder()
                .on(rig.runtime)
                .from(rig.repository)
                .snapshot(rig.repository.latest(rig.connector().id()).orElseThrow())
                .selecting(Selection.users(ada.principalName()))
                .to(RestoreTargets.source(connector()));
    }

    private GraphEvent seriesWithExceptions() {
        GraphEvent series = calendar.add(EventDraft.of("Standup", MONDAY.atTime(9, 0), BERLIN, Duration.ofMinutes(15))
                .html("<p>Each of us</p>")
                .weekly(12, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY)
                .set("categories", List.of("Red"))
                .set("showAs", "tentative"));
        // Behind the change of the clocks.
        series.editOccurrence(MONDAY.plusDays(14), "subject", "Long standup");
        series.editOccurrence(
                MONDAY.plusDays(14), "start", Json.object("dateTime", "2026-03-30T14:00:00", "timeZone", BERLIN));
        series.editOccurrence(
                MONDAY.plusDays(14), "end", Json.object("dateTime", "2026-03-30T16:00:00", "timeZone", BERLIN));
        series.cancelOccurrence(MONDAY.plusDays(2));
        return series;
    }

    private static void assertSame(GraphEvent restored, GraphEvent original) {
        Map<String, Object> there = restored.seen();
        Map<String, Object> was = original.seen();
        for (String field : List.of(
                "subject",
                "body",
                "start",
                "end",
                "originalStartTimeZone",
                "isAllDay",
                "categories",
                "showAs",
                "recurrence",
                "type",
                "importance",
                "sensitivity",
                "isReminderOn",
                "reminderMinutesBeforeStart",
                "location")) {
            assertThat(there.get(field)).as(field).isEqualTo(was.get(field));
        }
    }

    @Test
    void givesAnotherUserASeriesWithAllThatIsDifferentInIt() {
        GraphEvent series = seriesWithExceptions();
        backUp();

        RestoreReport report = restore().toOwner(bob.principalName()).build().run();

        assertThat(report.restored()).isEqualTo(1);
        GraphEvent restored = bob.mailbox().calendar().events().get(0);
        assertSame(restored, series);
        assertThat(restored.cancelled()).isEqualTo(series.cancelled());
        assertThat(restored.exceptions()).containsOnlyKeys(MONDAY.plusDays(14));
        assertThat(restored.exceptions().get(MONDAY.plusDays(14)))
                .containsEntry("subject", "Long standup")
                .containsEntry(
                        "start", series.exceptions().get(MONDAY.plusDays(14)).get("start"))
                .containsEntry(
                        "end", series.exceptions().get(MONDAY.plusDays(14)).get("end"));
    }

    @Test
    void invitesNobodyAndNotesWhoTookPart() {
        calendar.add(EventDraft.of("Meeting", MONDAY.atTime(9, 0), BERLIN, Duration.ofHours(1))
                .attendee("Eve", "eve@elsewhere.example"));
        backUp();

        RestoreReport report = restore().toOwner(bob.principalName()).build().run();

        GraphEvent restored = bob.mailbox().calendar().events().get(0);
        assertThat(restored.seen()).containsEntry("attendees", List.of());
        assertThat(restored.extended("String {6f1d3a52-70c4-4d0e-9a3b-5c1c6d0f4b7e} Name HoldfastAttendees"))
                .hasValueSatisfying(note -> assertThat(note).contains("eve@elsewhere.example"));
        assertThat(report.remarks()).singleElement().asString().contains("nobody was invited");
    }

    @Test
    void attachesWhatWasAttachedLargeFilesToo() {
        byte[] film = new byte[5_000_000];
        film[4_999_999] = 7;
        calendar.add(EventDraft.allDay("With papers", MONDAY, 2)
                .html("<img src=\"cid:logo\">")
                .attach(GraphAttachment.file("logo.png", "image/png", new byte[] {4, 5})
                        .inline("logo"))
                .attach(GraphAttachment.file("agenda.txt", "text/plain", "agenda".getBytes(StandardCharsets.UTF_8)))
                .attach(GraphAttachment.file("film.mp4", "video/mp4", film)));
        backUp();

        restore().toOwner(bob.principalName()).build().run();

        GraphEvent restored = bob.mailbox().calendar().events().get(0);
        assertThat(restored.attachmentBytes()).containsOnlyKeys("logo.png", "agenda.txt", "film.mp4");
        assertThat(restored.attachmentBytes().get("film.mp4")).isEqualTo(film);
        assertThat(restored.seen()).containsEntry("isAllDay", true).containsEntry("hasAttachments", true);
    }

    @Test
    void leavesWhatIsStillThereUnlessItIsToldOtherwise() {
        GraphEvent event = calendar.add(EventDraft.of("Lunch", MONDAY.atTime(12, 0), BERLIN, Duration.ofHours(1)));
        backUp();
        event.edit("subject", "Dinner");

        assertThat(restore().build().run().skipped()).isEqualTo(1);
        assertThat(event.text("subject")).isEqualTo("Dinner");

        assertThat(restore().onConflict(Conflict.REPLACE).build().run().restored())
                .isEqualTo(1);
        assertThat(event.text("subject")).isEqualTo("Lunch");
        assertThat(calendar.events()).hasSize(1);

        assertThat(restore()
                        .onConflict(Conflict.KEEP_BOTH)
                        .again("once more")
                        .build()
                        .run()
                        .restored())
                .isEqualTo(1);
        assertThat(calendar.events()).hasSize(2);
    }

    @Test
    void writesOverNoMeetingSinceThatWouldBeSent() {
        GraphEvent meeting = calendar.add(EventDraft.of("Meeting", MONDAY.atTime(9, 0), BERLIN, Duration.ofHours(1))
                .attendee("Eve", "eve@elsewhere.example"));
        backUp();
        meeting.edit("subject", "changed");

        RestoreReport report = restore().onConflict(Conflict.REPLACE).build().run();

        assertThat(report.failures()).singleElement().asString().contains("attendees");
        assertThat(meeting.text("subject")).isEqualTo("changed");
    }

    @Test
    void goesOnWhereABrokenRestoreWasAndMakesNothingTwice() {
        GraphEvent series = seriesWithExceptions();
        series.attach(GraphAttachment.file("agenda.txt", "text/plain", new byte[] {1}));
        calendar.add(EventDraft.allDay("single", MONDAY, 1));
        backUp();
        // The event is made, and nobody hears of it; of the series nothing but the rule comes through.
        rig.simulator.strike(FaultRule.of(GraphFault.INTERNAL_ERROR)
                .on("event.create")
                .times(1)
                .afterwards());
        rig.simulator.strike(FaultRule.of(GraphFault.ACCESS_DENIED).on("event.update"));
        restore().toOwner(bob.principalName()).build().run();
        rig.simulator.calm();

        RestoreReport again = restore().toOwner(bob.principalName()).build().run();

        assertThat(again.outcome()).isEqualTo(RestoreReport.Outcome.COMPLETE);
        assertThat(bob.mailbox().calendar().events()).hasSize(2);
        GraphEvent restored = bob.mailbox().calendar().events().stream()
                .filter(each -> each.text("subject").equals("Standup"))
                .findFirst()
                .orElseThrow();
        assertThat(restored.exceptions().keySet()).isEqualTo(series.exceptions().keySet());
        assertThat(restored.cancelled()).isEqualTo(series.cancelled());
        assertThat(restored.attachmentBytes()).containsOnlyKeys("agenda.txt");
    }

    @Test
    void putsEverythingIntoTheCalendarThatIsNamed() {
        calendar.add(EventDraft.allDay("one", MONDAY, 1));
        ada.mailbox().addCalendar("Team").add(EventDraft.allDay("two", MONDAY, 1));
        backUp();

        restore().intoFolder("Restored").build().run();

        GraphCalendar restored = ada.mailbox().allCalendars().get(2);
        assertThat(restored.events())
                .extracting(event -> event.text("subject"))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void makesCalendarsThatAnotherUserHasNot() {
        ada.mailbox().addCalendar("Team").add(EventDraft.allDay("two", MONDAY, 1));
        backUp();

        restore().toOwner(bob.principalName()).build().run();

        assertThat(bob.mailbox().allCalendars()).hasSize(2);
        assertThat(bob.mailbox().allCalendars().get(1).events()).hasSize(1);
    }
}
