// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.model.ResourceId;
import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.FeedHabit;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.UserKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calendars of a simulated tenant, backed up by whole sessions. */
final class CalendarBackupTest {
    private static final String BERLIN = "W. Europe Standard Time";
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);

    private final TenantRig rig =
            new TenantRig(Set.of("User.Read.All", "Organization.Read.All", "Calendars.ReadWrite"));
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphCalendar calendar = ada.mailbox().calendar();

    @AfterEach
    void close() {
        rig.close();
    }

    private BackupReport backUp() {
        rig.time.advance(Duration.ofHours(4));
        return rig.backUp(
                rig.builder().workloads(EnumSet.of(M365Workload.CALENDAR)).build());
    }

    /** What the newest snapshot holds of Ada's calendars, calendars included. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        rig.repository.items(
                rig.repository.latest(rig.connector().id()).orElseThrow(),
                new ResourceId("calendar:" + ada.id()),
                item -> names.add(item.entry().name()));
        return names;
    }

    private void fill(int number) {
        for (int i = 0; i < number; i++) {
            rig.time.advance(Duration.ofMinutes(1));
            calendar.add(EventDraft.of("Event " + i, MONDAY.plusDays(i % 300).atTime(9, 0), BERLIN, Duration.ofHours(1))
                    .html("<p>Text " + i + "</p>"));
        }
    }

    private GraphEvent series(String subject) {
        return calendar.add(EventDraft.of(subject, MONDAY.atTime(9, 0), BERLIN, Duration.ofMinutes(15))
                .weekly(20, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY));
    }

    @Test
    void readsEventsInPagesAndThenNothingThatDidNotChange() {
        fill(400);

        BackupReport first = backUp();

        assertThat(first.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(first.items().stored()).isEqualTo(401);
        // One inventory, and each forty events one page.
        assertThat(rig.asked())
                .containsEntry("event.list", 11L)
                .doesNotContainKeys("event.get", "eventAttachment.list");

        BackupReport second = backUp();

        assertThat(second.items().stored()).isZero();
        assertThat(rig.asked())
                .containsEntry("event.list", 1L)
                .containsEntry("calendar.list", 1L)
                .doesNotContainKey("event.get");
    }

    @Test
    void readsAPageOfWhatChangedAndNotOneByOne() {
        fill(200);
        backUp();
        calendar.events().stream().limit(20).forEach(event -> event.edit("subject", "changed"));

        BackupReport second = backUp();

        assertThat(second.items().stored()).isEqualTo(20);
        assertThat(rig.asked()).containsEntry("event.list", 2L).doesNotContainKey("event.get");
    }

    @Test
    void asksOfEachSeriesOnceWhatIsNotAsItsRuleSays() {
        GraphEvent endless = calendar.add(EventDraft.of("Each day", MONDAY.atTime(8, 0), BERLIN, Duration.ofMinutes(5))
                .daily());
        series("A").editOccurrence(MONDAY.plusDays(2), "subject", "moved");
        series("B").cancelOccurrence(MONDAY);
        endless.cancelOccurrence(MONDAY.plusDays(3));

        BackupReport first = backUp();

        assertThat(first.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(rig.asked()).containsEntry("event.get", 3L).doesNotContainKeys("event.instances", "event.view");
    }

    @Test
    void noticesThatAnOccurrenceWasChangedOrCancelled() {
        fill(10);
        GraphEvent changed = series("changed");
        GraphEvent cancelled = series("cancelled");
        series("left alone");
        backUp();
        changed.editOccurrence(MONDAY.plusDays(7), "subject", "other");
        cancelled.cancelOccurrence(MONDAY.plusDays(7));

        BackupReport second = backUp();

        assertThat(second.items().stored()).isEqualTo(2);
    }

    @Test
    void removesWhatIsGoneAndWhatLiesAmongDeletedThings() {
        fill(5);
        backUp();
        calendar.events().get(0).purge();
        calendar.events().get(0).delete();

        BackupReport second = backUp();

        assertThat(second.items().removed()).isEqualTo(2);
        assertThat(second.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(names()).hasSize(4).doesNotContain("Event 0", "Event 1");
    }

    @Test
    void keepsAnEventThatAPageThatShiftedLeftOut() {
        fill(600);
        backUp();
        rig.simulator.behave(Set.of(FeedHabit.PAGE_SHIFT));

        BackupReport second = backUp();

        assertThat(second.items().removed()).isZero();
        assertThat(names()).hasSize(601);
    }

    @Test
    void followsAnEventIntoAnotherCalendarWithoutLosingIt() {
        GraphCalendar team = ada.mailbox().addCalendar("Team");
        fill(4);
        backUp();
        calendar.events().get(0).move(team);

        BackupReport second = backUp();

        assertThat(second.items().removed()).isZero();
        assertThat(names()).hasSize(6).contains("Event 0", "Team");
    }

    @Test
    void keepsTheLastGoodVersionOfAnEventThatCannotBeReadWhereItMovedTo() {
        GraphCalendar team = ada.mailbox().addCalendar("Team");
        fill(4);
        backUp();
        GraphEvent wanderer = calendar.events().get(0);
        wanderer.move(team);
        wanderer.spoil();

        BackupReport second = backUp();

        assertThat(second.items().removed()).isZero();
        assertThat(names()).hasSize(6).contains("Event 0");
        assertThat(rig.failures())
                .singleElement()
                .satisfies(open -> assertThat(open.key().value()).isEqualTo(wanderer.immutableId()));

        wanderer.purge();
        rig.time.advance(Duration.ofDays(8));
        backUp();
        assertThat(names()).hasSize(5).doesNotContain("Event 0");
        assertThat(rig.failures()).isEmpty();
    }

    @Test
    void leavesCalendarsThatOthersShareToThem() {
        GraphUser bob = rig.tenant.addUser("bob", "Bob Example");
        GraphCalendar shared = ada.mailbox().addCalendar("Bob's", bob);
        shared.add(EventDraft.allDay("Bob's birthday", MONDAY, 1));

        backUp();

        assertThat(names()).containsExactlyInAnyOrder("Calendar", "Bob's");
    }

    @Test
    void listsAttachmentsOfThoseThatMayHaveSome() {
        fill(50);
        calendar.add(EventDraft.allDay("With paper", MONDAY, 1)
                .attach(GraphAttachment.file("agenda.txt", "text/plain", new byte[] {1, 2, 3})));
        calendar.add(EventDraft.allDay("With a picture", MONDAY, 1)
                .html("<img src=\"cid:logo\">")
                .attach(GraphAttachment.file("logo.png", "image/png", new byte[] {4, 5})
                        .inline("logo")));

        BackupReport first = backUp();

        assertThat(first.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        Map<String, Long> asked = rig.asked();
        assertThat(asked).containsEntry("eventAttachment.list", 2L).containsEntry("eventAttachment.content", 2L);
    }

    @Test
    void saysWhoseMailboxIsMissing() {
        rig.tenant.addUser("eve", "Eve Example", UserKind.UNLICENSED);

        BackupReport first = backUp();

        assertThat(first.resources().discovered())
                .filteredOn(
                        each -> each.notCovered().isPresent() && each.workload().equals("calendar"))
                .singleElement()
                .satisfies(each -> assertThat(each.owner()).isEqualTo("eve@contoso.example"));
    }
}
