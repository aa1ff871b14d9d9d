// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.simulators.graph.FeedHabit;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMailbox;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the change feeds of a tenant never announce is found within the sessions of one rotation, for hardly any calls. */
final class AuditTest {
    /** A prime number, as rotations have: each slice has one turn in so many sessions. */
    private static final int RUNS = 29;

    private static final int FEW = 5;

    private final TenantRig rig =
            new TenantRig(Stream.of(GraphApp.MAIL_ROLES, GraphApp.DRIVE_ROLES, Set.of("Contacts.ReadWrite"))
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet()));
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphMailbox mailbox = ada.mailbox();
    private final GraphFolder inbox = mailbox.inbox();
    private long stored;
    private long calls;

    @AfterEach
    void close() {
        rig.close();
    }

    private BackupReport backUp(M365Workload workload, int runs) {
        rig.time.advance(Duration.ofHours(12));
        // Settings in each session, so that sessions differ by nothing but the auditor.
        Microsoft365.Builder how = rig.builder().settingsEvery(Duration.ZERO);
        BackupReport report =
                rig.backUp(how.workloads(Set.of(workload)).audit(runs).build());
        assertThat(report.outcome()).as(report.toString()).isEqualTo(BackupReport.Outcome.COMPLETE);
        return report;
    }

    private long asked() {
        return rig.asked().values().stream().mapToLong(count -> count).sum();
    }

    /** What the auditor finds in all sessions of a rotation. */
    private BackupReport.Audit rotation(M365Workload workload, int runs) {
        BackupReport.Audit sum = new BackupReport.Audit(0, 0, 0, 0, 0, 0);
        for (int i = 0; i < runs; i++) {
            BackupReport report = backUp(workload, runs);
            BackupReport.Audit each = report.audit();
            sum = new BackupReport.Audit(
                    sum.compared() + each.compared(),
                    sum.added() + each.added(),
                    sum.changed() + each.changed(),
                    sum.moved() + each.moved(),
                    sum.removed() + each.removed(),
                    sum.unread() + each.unread());
            stored += report.items().stored();
            calls += asked();
        }
        return sum;
    }

    private void loseAnnouncements() {
        EnumSet<FeedHabit> habits = EnumSet.copyOf(FeedHabit.USUAL);
        habits.add(FeedHabit.LOST_TOMBSTONES);
        habits.add(FeedHabit.LOST_UPDATES);
        rig.simulator.behave(habits);
    }

    @Test
    void findsMessagesWhoseChangesWereNeverAnnounced() {
        rig.fill(inbox, 40);
        backUp(M365Workload.MAIL, FEW);
        loseAnnouncements();
        rig.fill(inbox, 1);
        List<GraphMessage> messages = inbox.messages();
        messages.get(3).categorise(List.of("Red"));
        messages.get(4).move(mailbox.folder("archive"));
        messages.get(5).purge();

        BackupReport.Audit found = rotation(M365Workload.MAIL, FEW);

        assertThat(found).isEqualTo(new BackupReport.Audit(40, 1, 1, 1, 1, 0));
        assertThat(rotation(M365Workload.MAIL, FEW).unannounced()).isZero();
    }

    @Test
    void comparesALargeMailboxByTheTimeOfItsMessagesForAHundredthOfTheCallsOfAFirstSession() {
        for (int quarter = 0; quarter < 10; quarter++) {
            rig.fill(inbox, 240);
            rig.time.advance(Duration.ofDays(90));
        }

        comparesForAHundredth(2_400);
    }

    @Test
    void comparesASmallMailboxOfManyFoldersForAHundredthOfTheCallsOfAFirstSession() {
        for (int i = 0; i < 20; i++) {
            rig.fill(inbox.addFolder("Folder " + i), 30);
        }

        comparesForAHundredth(600);
    }

    private void comparesForAHundredth(int messages) {
        backUp(M365Workload.MAIL, RUNS);
        long first = asked();
        backUp(M365Workload.MAIL, 0);
        long without = asked();

        BackupReport.Audit found = rotation(M365Workload.MAIL, RUNS);

        assertThat(found).isEqualTo(new BackupReport.Audit(messages, 0, 0, 0, 0, 0));
        assertThat(stored).isZero();
        assertThat(calls - RUNS * without).isBetween(10L, RUNS * first / 100);
    }

    @Test
    void findsContactsWhoseChangesWereNeverAnnounced() {
        GraphContactFolder contacts = ada.mailbox().contacts();
        for (int i = 0; i < 20; i++) {
            contacts.add("Person " + i, "person" + i + "@elsewhere.example");
        }
        backUp(M365Workload.CONTACTS, FEW);
        loseAnnouncements();
        List<GraphContact> people = contacts.contacts();
        contacts.add("Late Person", "late@elsewhere.example");
        people.get(1).edit("jobTitle", "Director");
        people.get(2).purge();

        BackupReport.Audit found = rotation(M365Workload.CONTACTS, FEW);

        assertThat(found).isEqualTo(new BackupReport.Audit(20, 1, 1, 0, 1, 0));
    }

    @Test
    void findsFilesWhoseChangesWereNeverAnnounced() {
        GraphDrive drive = ada.drive();
        List<GraphDriveItem> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.add(drive.file("Reports/report-" + i + ".txt", ("report " + i).getBytes(UTF_8)));
        }
        backUp(M365Workload.ONEDRIVE, FEW);
        loseAnnouncements();
        drive.file("Reports/late.txt", new byte[] {1});
        files.get(1).rename("renamed.txt");
        files.get(2).delete();

        BackupReport.Audit found = rotation(M365Workload.ONEDRIVE, FEW);

        assertThat(found).isEqualTo(new BackupReport.Audit(21, 1, 1, 0, 1, 0));
    }
}
