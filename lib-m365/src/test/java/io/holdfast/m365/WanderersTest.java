// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.TokenExpiry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What changes feeds do not tell as they should: feeds that are forgotten, and items that move between two sessions or in the middle of one. Single moves of
 * messages are in {@link MailBackupTest} and {@link MailTroublesTest}.
 */
final class WanderersTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);

    private TenantRig rig;
    private GraphUser ada;
    private Truth truth;

    @AfterEach
    void close() {
        rig.close();
    }

    private void begin(M365Workload workload) {
        rig = TenantRig.of(EnumSet.of(workload), 1);
        ada = rig.tenant.addUser("ada", "Ada Example");
    }

    private BackupReport complete() {
        return complete(rig.simulator.transport());
    }

    private BackupReport complete(HttpTransport transport) {
        rig.time.advance(Duration.ofHours(5));
        BackupReport report = rig.backUp(rig.builder().transport(transport).build());
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
        return report;
    }

    /** A session with something that happens before the first request of which the address says so much. */
    private BackupReport completeWith(Predicate<String> when, Runnable what) {
        HttpTransport simulated = rig.simulator.transport();
        AtomicBoolean done = new AtomicBoolean();
        BackupReport report = complete(new HttpTransport() {
            @Override
            public HttpResponse send(HttpRequest request) throws TransportException {
                if (when.test(request.uri().toString()) && done.compareAndSet(false, true)) {
                    what.run();
                }
                return simulated.send(request);
            }

            @Override
            public void close() {
                simulated.close();
            }
        });
        assertThat(done).isTrue();
        return report;
    }

    @Test
    void noMessageIsReadAgainWhenHalfOfTheFoldersAreForgotten() {
        begin(M365Workload.MAIL);
        List<GraphFolder> folders = List.of(
                ada.mailbox().inbox(),
                ada.mailbox().folder("archive"),
                ada.mailbox().inbox().addFolder("A"),
                ada.mailbox().inbox().addFolder("B"));
        folders.forEach(each -> rig.fill(each, 30));
        truth = new MailTruth(rig, ada);
        complete();
        folders.forEach(each -> each.messages().get(3).purge());
        rig.simulator.expireDeltaTokens(
                TokenExpiry.RESYNC_REQUIRED,
                path -> path.contains(folders.get(0).id())
                        || path.contains(folders.get(2).id()));

        BackupReport second = complete();

        assertThat(second.items().removed()).isEqualTo(4);
        assertThat(rig.asked()).doesNotContainKeys("message.list", "message.mime");
        assertThat(rig.asked("message.get"))
                .as("each that is gone is asked for, and nothing else")
                .isEqualTo(4);
        truth.assertStored();
    }

    @Test
    void noFileIsReadAgainWhenHalfOfTheDrivesAreForgotten() {
        begin(M365Workload.ONEDRIVE);
        GraphUser bob = rig.tenant.addUser("bob", "Bob Example");
        truth = DriveTruth.personal(rig, ada);
        Truth other = DriveTruth.personal(rig, bob);
        truth.fill();
        other.fill();
        complete();
        for (GraphDrive each : List.of(ada.drive(), bob.drive())) {
            each.find("file 0.bin").orElseThrow().delete();
            each.find("Projects").orElseThrow().rename("Plans");
        }
        rig.simulator.expireDeltaTokens(
                TokenExpiry.GONE_WITH_LOCATION,
                path -> path.contains(ada.drive().id()));

        BackupReport second = complete();

        assertThat(second.items().removed()).isEqualTo(2);
        assertThat(rig.asked("drive.content")).isZero();
        truth.assertStored();
        other.assertStored();
    }

    @Test
    void noContactIsReadAgainWhenHalfOfTheFoldersAreForgotten() {
        begin(M365Workload.CONTACTS);
        truth = new ContactTruth(rig, ada);
        truth.fill();
        complete();
        GraphContactFolder friends = ada.mailbox().contacts().children().get(0);
        friends.contacts().get(0).purge();
        ada.mailbox().contacts().contacts().get(0).purge();
        rig.simulator.expireDeltaTokens(TokenExpiry.NOT_FOUND, path -> path.contains(friends.id()));

        BackupReport second = complete();

        assertThat(second.items().removed()).isEqualTo(2);
        assertThat(rig.asked()).doesNotContainKeys("contact.list", "contact.photo");
        truth.assertStored();
    }

    @Test
    void aFileThatLeftAndCameBackBetweenTwoSessionsIsKeptAndNotReadAgain() {
        begin(M365Workload.ONEDRIVE);
        truth = DriveTruth.personal(rig, ada);
        truth.fill();
        complete();
        GraphDriveItem wanderer = ada.drive().find("Projects/file 1.bin").orElseThrow();
        wanderer.move(ada.drive().folder("Empty"));
        wanderer.move(ada.drive().folder("Projects"));

        assertThat(complete().items().removed()).isZero();

        assertThat(rig.asked("drive.content")).isZero();
        truth.assertStored();
    }

    @Test
    void anEventThatLeftAndCameBackBetweenTwoSessionsIsKept() {
        GraphCalendar team = calendars();
        GraphEvent wanderer = ada.mailbox().calendar().events().get(3);
        wanderer.move(team);
        wanderer.move(ada.mailbox().calendar());

        assertThat(complete().items().removed()).isZero();

        truth.assertStored();
    }

    /** Twenty events in the default calendar, and another one; all backed up. */
    private GraphCalendar calendars() {
        begin(M365Workload.CALENDAR);
        GraphCalendar team = ada.mailbox().addCalendar("Team");
        for (int i = 0; i < 20; i++) {
            rig.time.advance(Duration.ofMinutes(1));
            ada.mailbox().calendar().add(EventDraft.allDay("Event " + i, MONDAY.plusDays(i), 1));
            team.add(EventDraft.allDay("Team event " + i, MONDAY.plusDays(i), 1));
        }
        truth = new CalendarTruth(rig, ada);
        complete();
        return team;
    }

    private static Predicate<String> eventsOf(GraphCalendar calendar) {
        return address ->
                address.contains("/events") && address.replace("%3D", "=").contains(calendar.id());
    }

    @Test
    void anEventThatMovesAheadWhileTheRunIsBetweenTheTwoCalendarsIsKept() {
        GraphCalendar team = calendars();
        GraphEvent wanderer = ada.mailbox().calendar().events().get(3);

        BackupReport report = completeWith(eventsOf(team), () -> wanderer.move(team));

        assertThat(report.items().removed()).isZero();
        truth.assertStored();
    }

    @Test
    void anEventThatMovesBackWhileTheRunIsBetweenTheTwoCalendarsIsNotLost() {
        GraphCalendar team = calendars();
        GraphEvent wanderer = team.events().get(3);

        completeWith(eventsOf(team), () -> wanderer.move(ada.mailbox().calendar()));
        complete();

        truth.assertStored();
    }

    @Test
    void aContactThatMovesWhileTheRunIsBetweenTheTwoFoldersIsKept() {
        begin(M365Workload.CONTACTS);
        truth = new ContactTruth(rig, ada);
        truth.fill();
        complete();
        GraphContactFolder friends = ada.mailbox().contacts().children().get(0);
        GraphContact wanderer = ada.mailbox().contacts().contacts().get(3);
        GraphContact back = friends.contacts().get(3);

        BackupReport report = completeWith(
                address ->
                        address.contains("delta") && address.replace("%3D", "=").contains(friends.id()),
                () -> {
                    wanderer.move(friends);
                    back.move(ada.mailbox().contacts());
                });

        assertThat(report.items().removed()).isZero();
        complete();
        truth.assertStored();
    }

    @Test
    void aFileThatMovesBetweenTwoPagesOfTheListingIsKept() {
        begin(M365Workload.ONEDRIVE);
        for (int i = 0; i < 700; i++) {
            ada.drive().file("from/file " + i, new byte[] {1, (byte) i, (byte) (i >> 8)});
        }
        truth = DriveTruth.personal(rig, ada);
        GraphDriveItem wanderer = ada.drive().find("from/file 3").orElseThrow();

        completeWith(address -> address.contains("skiptoken") || address.contains("token="), () -> {
            wanderer.move(ada.drive().folder("to"));
            ada.drive().find("from/file 4").orElseThrow().delete();
        });
        complete();

        truth.assertStored();
    }

    @Test
    void aDeletionThatShiftsThePagesHidesNoEvent() {
        begin(M365Workload.CALENDAR);
        for (int i = 0; i < 600; i++) {
            rig.time.advance(Duration.ofMinutes(1));
            ada.mailbox().calendar().add(EventDraft.allDay("Event " + i, MONDAY.plusDays(i % 300), 1));
        }
        truth = new CalendarTruth(rig, ada);
        completeWith(
                address -> address.contains("skip"),
                () -> ada.mailbox().calendar().events().get(0).purge());

        complete();

        truth.assertStored();
    }
}
