// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.source.FieldPromise;
import io.holdfast.source.FieldPromise.Keeping;
import io.holdfast.source.KindCapability;
import io.holdfast.source.RestoreSettings.Permissions;
import io.holdfast.source.SourceConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole tenant, backed up and put back: what {@link Microsoft365#capabilities} promises of each field is compared, no field more and no field less.
 *
 * <p>With 4 users by default; the form that the project's figures are of is {@code ./mvnw -pl lib-m365 -am test -Dtest=TenantRoundTripTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.argLine=-Xmx4g -Dholdfast.users=50}. It prints what each session asked for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TenantRoundTripTest {
    /** What a connector does by default. */
    private static final int AUDIT_RUNS = 30;

    private static final Set<M365Workload> WORKLOADS =
            EnumSet.of(M365Workload.MAIL, M365Workload.CALENDAR, M365Workload.CONTACTS, M365Workload.ONEDRIVE);

    private final TenantRig rig = TenantRig.ofAll();
    private final SampleTenant.Size size = SampleTenant.Size.wanted();
    private SampleTenant sample;
    private BackupReport first;
    private BackupReport second;
    private BackupReport audited;
    private long storedFirst;
    private long storedAgain;
    private long askedFirst;
    private Map<String, Long> askedAgain;
    private long askedWithAuditor;

    @BeforeAll
    void backUp() {
        sample = SampleTenant.in(rig.tenant, size);
        first = backUp("first run", connector());
        askedFirst = calls(rig.asked());
        storedFirst = rig.storedBytes();
        second = backUp("second run", connector());
        askedAgain = rig.asked();
        storedAgain = rig.storedBytes();
        // It is the auditor alone that is to be seen.
        Microsoft365.Builder auditing = rig.builder().audit(AUDIT_RUNS).settingsEvery(Duration.ofDays(2));
        audited = backUp("third run, with the auditor", of(auditing));
        askedWithAuditor = calls(rig.asked());
    }

    private BackupReport backUp(String what, SourceConnector connector) {
        BackupReport report = rig.backUp(connector);
        System.out.printf(
                "%s of %s: %s, %s of simulated time, repository of %d bytes, %d calls: %s%n",
                what, size, report.items(), report.duration(), rig.storedBytes(), calls(rig.asked()), rig.asked());
        rig.time.advance(Duration.ofHours(12));
        return report;
    }

    private static long calls(Map<String, Long> asked) {
        return asked.values().stream().mapToLong(each -> each).sum();
    }

    @AfterAll
    void close() {
        assertThat(rig.simulator.ledger().violations()).isEmpty();
        rig.close();
    }

    private SourceConnector connector() {
        return of(rig.builder());
    }

    private static SourceConnector of(Microsoft365.Builder builder) {
        return builder.workloads(WORKLOADS)
                .drives(M365Workload.ONEDRIVE, 10, true)
                .build();
    }

    @Test
    void everythingIsStoredWhole() {
        assertThat(first.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(rig.failures()).isEmpty();
    }

    @Test
    void aSecondRunWithoutChangeStoresNothing() {
        assertThat(second.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(second.items().stored()).isZero();
        assertThat(second.items().removed()).isZero();
        assertThat(second.bytes().read()).isZero();
        assertThat(second.snapshot().orElseThrow().digest())
                .isEqualTo(first.snapshot().orElseThrow().digest());
        assertThat(storedAgain - storedFirst)
                .as("what the records of a session take")
                .isBetween(1L, storedFirst / 1000);
    }

    @Test
    void aSecondRunWithoutChangeAsksEachFeedOnceAndLittleElse() {
        long folders = 0;
        long contactFolders = 0;
        long calendars = 0;
        for (GraphUser user : sample.users()) {
            UserView view = UserView.of(user);
            folders += view.items("mail-folder").size();
            contactFolders += view.items("contact-folder").size();
            calendars += view.items("calendar").size();
        }
        long users = size.users();
        Map<String, Long> expected = new TreeMap<>();
        // Feeds: one call for each incremental one, the pages of enumerated ones.
        expected.put("mailFolder.delta", users);
        expected.put("message.delta", folders);
        expected.put("contactFolder.delta", users);
        expected.put("contact.delta", contactFolders);
        expected.put("event.list", calendars);
        expected.put("drive.delta", users);
        // Four calls for a mailbox: hidden folders at the top and within "Sync Issues", calendars, the default contact
        // folder. Rules, categories and settings are read once a day (ADR 0093).
        expected.put("mailFolder.list", users);
        expected.put("mailFolder.listChildren", users);
        expected.put("calendar.list", users);
        expected.put("contactFolder.get", users);
        // Who is there, and which drives.
        expected.put("user.list", 1L);
        expected.put("user.listDeleted", 1L);
        expected.put("group.list", 1L);
        expected.put("site.list", 1L);
        expected.put("site.drives", users);
        assertThat(askedAgain).isEqualTo(expected);
    }

    @Test
    void theAuditorsTurnTakesAHundredthOfAFirstRunAtMost() {
        assertThat(audited.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(audited.audit().compared()).isPositive();
        assertThat(audited.audit().unannounced()).isZero();
        assertThat(askedWithAuditor - calls(askedAgain)).isBetween(1L, askedFirst / 100);
    }

    @Test
    void aDirectoryGetsEveryMessageEventContactAndFile(@TempDir Path directory) {
        rig.restoreTo(directory);

        for (GraphUser user : sample.users()) {
            UserView was = UserView.of(user);
            DirectoryLines lines = new DirectoryLines(user);
            DirectoryView is = new DirectoryView(directory, user.principalName());
            assertThat(is.messages()).containsExactlyInAnyOrderElementsOf(lines.messages());
            assertThat(is.folders("mail"))
                    .containsExactlyInAnyOrderElementsOf(
                            was.items("mail-folder").keySet());
            assertThat(is.events()).containsExactlyInAnyOrderElementsOf(lines.events());
            assertThat(is.contacts()).containsExactlyInAnyOrderElementsOf(lines.contacts());
            assertThat(is.driveFiles()).containsAll(lines.driveFiles());
        }
    }

    @Test
    void aDirectoryThatHasEverythingGetsNothingTwice(@TempDir Path directory) {
        long files = rig.restoreTo(directory).restored();

        RestoreReport again = rig.restoreTo(directory);

        assertThat(again.restored()).isZero();
        assertThat(again.skipped()).isZero();
        assertThat(again.alreadyThere()).isEqualTo(files);
    }

    @Test
    void anEmptyUserGetsEveryFieldThatIsPromisedAndNothingElse() {
        List<String> differences = new ArrayList<>();
        for (GraphUser user : sample.users()) {
            GraphUser empty = rig.tenant.addUser("leer-" + user.id(), "Leer");
            empty.drive();
            RestoreReport report = restore(user, empty);
            assertThat(report.failures()).isEmpty();
            differences.addAll(UserView.of(user).differences(UserView.of(empty), WORKLOADS));
        }
        assertThat(differences).isEmpty();
    }

    private RestoreReport restore(GraphUser from, GraphUser to) {
        return RestoreSession.builder()
                .on(rig.runtime)
                .from(rig.repository)
                .snapshot(rig.repository.latest(rig.connector().id()).orElseThrow())
                .selecting(Selection.users(from.principalName()))
                .toOwner(to.principalName())
                .permissions(Permissions.KEEP)
                .to(RestoreTargets.source(connector()))
                .build()
                .run();
    }

    @Test
    void everyPromiseOfEqualityIsComparedAndNothingIsComparedThatIsNotPromised() {
        UserView view = UserView.of(sample.users().get(0));
        for (M365Workload workload : WORKLOADS) {
            for (KindCapability kind : Microsoft365.capabilities().get(workload)) {
                Set<String> equal = kind.fields().stream()
                        .filter(each -> each.keeping() == Keeping.EQUAL)
                        .map(FieldPromise::field)
                        .collect(Collectors.toSet());
                Set<String> compared = view.items(kind.kind().name()).values().stream()
                        .flatMap(each -> each.keySet().stream())
                        .collect(Collectors.toSet());
                assertThat(compared).as("compared of " + kind.kind()).isEqualTo(equal);
            }
        }
    }
}
