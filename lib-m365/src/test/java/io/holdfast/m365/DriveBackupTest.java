// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static io.holdfast.m365.DriveRig.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.FeedHabit;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.TokenExpiry;
import io.holdfast.simulators.graph.UserKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drives of a simulated tenant, followed by whole sessions. */
final class DriveBackupTest {
    private final DriveRig rig = new DriveRig();
    private final GraphDrive drive = rig.ada.drive();

    @AfterEach
    void close() {
        rig.close();
    }

    private BackupReport completely() {
        BackupReport report = rig.backUp();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
        return report;
    }

    private void assertStoredAsItIs() {
        Map<String, ManifestEntry> stored = rig.stored(drive);
        assertThat(stored.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        drive.items().stream().map(GraphDriveItem::path).toList());
        for (GraphDriveItem item : drive.items()) {
            if (item.kind() == GraphDriveItem.Kind.FILE) {
                assertThat(rig.content(stored.get(item.path()))).as(item.path()).isEqualTo(item.content());
            }
        }
    }

    @Test
    void storesFoldersAndFilesAndThenNothingThatDidNotChange() {
        for (int i = 0; i < 30; i++) {
            drive.file("folder " + i % 3 + "/file " + i + ".bin", DriveRig.noise(2000 + i, i));
        }
        drive.folder("empty");
        drive.file("zero.txt", new byte[0]);

        assertThat(completely().items().stored()).isEqualTo(35);
        assertStoredAsItIs();
        assertThat(rig.asked("drive.content")).isEqualTo(30);

        BackupReport second = completely();
        assertThat(second.items().stored()).isZero();
        assertThat(second.bytes().read()).isZero();
        assertThat(rig.asked("drive.delta")).isEqualTo(1);
        assertThat(rig.asked().keySet())
                .allMatch(each -> !each.startsWith("drive.") || each.equals("drive.delta"), "only delta");
    }

    @Test
    void readsNoContentOfWhatWasOnlyMovedOrRenamed() {
        GraphDriveItem plan = drive.file("a/plan.txt", bytes("plan"));
        drive.file("a/b/deep.txt", bytes("deep"));
        drive.folder("c");
        completely();

        plan.move(drive.find("c").orElseThrow());
        plan.rename("the plan.txt");
        drive.find("a/b").orElseThrow().move(drive.find("c").orElseThrow());
        drive.find("a").orElseThrow().rename("z");

        BackupReport report = completely();
        assertStoredAsItIs();
        assertThat(rig.stored(drive)).containsKeys("c/the plan.txt", "c/b/deep.txt", "z");
        assertThat(report.bytes().read()).isZero();
        assertThat(rig.asked("drive.content")).isZero();
    }

    @Test
    void readsWhatChangedOnceAndItsEarlierVersionsOnce() {
        drive.file("plan.txt", bytes("first"));
        completely();
        drive.file("plan.txt", bytes("the second"));
        assertThat(completely().bytes().read()).isEqualTo("first".length() + "the second".length());
        drive.file("plan.txt", bytes("the third one"));

        assertThat(completely().bytes().read())
                .as("the first version is there already")
                .isEqualTo("the second".length() + "the third one".length());
        assertStoredAsItIs();
        assertThat(rig.stored(drive).get("plan.txt").parts())
                .extracting(part -> part.name().replaceAll("@.*", ""))
                .containsExactly("content", "version/1.0", "version/2.0");
    }

    @Test
    void forgetsWhatWasDeleted() {
        drive.file("a/b/one.txt", bytes("one"));
        drive.file("a/two.txt", bytes("two"));
        drive.file("three.txt", bytes("three"));
        completely();
        drive.find("a").orElseThrow().delete();

        assertThat(completely().items().removed()).isEqualTo(4);
        assertStoredAsItIs();
    }

    @ParameterizedTest
    @EnumSource(TokenExpiry.class)
    void tellsAllAgainWithoutReadingItWhenTheTokenIsOfNoUse(TokenExpiry how) {
        for (int i = 0; i < 20; i++) {
            drive.file("a/file " + i, DriveRig.noise(500, i));
        }
        completely();
        drive.find("a/file 3").orElseThrow().delete();
        drive.find("a/file 4").orElseThrow().rename("renamed");
        drive.file("new", bytes("new"));
        rig.simulator.expireDeltaTokens(how);

        BackupReport report = completely();
        assertStoredAsItIs();
        assertThat(report.bytes().read()).isEqualTo(3);
        assertThat(report.items().removed()).isEqualTo(1);
        assertThat(rig.asked("drive.content")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FeedHabit.class,
            names = {"REPEATS", "EMPTY_PAGES"})
    void copesWithOddPages(FeedHabit habit) {
        rig.simulator.behave(Set.of(habit));
        for (int i = 0; i < 25; i++) {
            drive.file("a/file " + i, DriveRig.noise(100, i));
        }
        completely();
        assertStoredAsItIs();
        drive.find("a/file 3").orElseThrow().delete();
        drive.file("a/file 5", bytes("other"));
        completely();
        assertStoredAsItIs();
    }

    @Test
    void takesUpGrantsWithoutReadingTheContent() {
        GraphUser bob = rig.tenant.addUser("bob", "Bob Example");
        GraphDriveItem plan = drive.file("a/plan.txt", bytes("plan"));
        completely();
        plan.share(bob, "read");
        drive.find("a").orElseThrow().shareByLink("organization", "write");

        assertThat(completely().bytes().read()).isZero();
        assertThat(rig.asked("drive.permissions")).isEqualTo(2);
        assertThat(metadata("a/plan.txt")).contains(bob.id());
        assertThat(metadata("a")).contains("\"scope\":\"organization\"");

        plan.unshare();
        assertThat(completely().bytes().read()).isZero();
        assertThat(metadata("a/plan.txt")).doesNotContain(bob.id());
    }

    private String metadata(String path) {
        return rig.metadata(rig.stored(drive).get(path));
    }

    @Test
    void keepsNoAddressOfAContent() {
        drive.file("plan.txt", bytes("plan"));
        completely();
        assertThat(metadata("plan.txt")).contains("\"name\":\"plan.txt\"").doesNotContain("tempauth");
    }

    @Test
    void holdsTheBudgetOfRequestsAndUnits() {
        rig.withoutVersions();
        for (int i = 0; i < 1000; i++) {
            drive.file("folder " + i % 20 + "/file " + i, DriveRig.noise(300, i));
        }
        completely();

        Map<String, Long> asked = rig.asked();
        long beside = asked.entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith("drive.") && !each.getKey().equals("drive.content"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(asked.get("drive.content")).isEqualTo(1000);
        assertThat(beside).as(asked.toString()).isLessThanOrEqualTo(10);
        assertThat(rig.units()).isLessThanOrEqualTo(1300);
    }

    @Test
    void coversLibrariesOfSitesAndSaysWhatItDoesNotCover() {
        rig.tenant.addUser("bob", "Bob Example");
        rig.tenant.addUser("eve", "Eve Example", UserKind.UNLICENSED);
        rig.tenant.addSite("finance", "Finance").drives().get(0).file("budget.xlsx", bytes("budget"));
        rig.tenant.addSite("closed", "Closed").lock(true);
        drive.file("plan.txt", bytes("plan"));

        BackupReport report = completely();
        assertThat(report.resources().discovered())
                .extracting(each -> each.workload() + " " + each.owner() + " "
                        + each.notCovered().map(why -> why.reason().name()).orElse("covered"))
                .containsExactlyInAnyOrder(
                        "onedrive ada@contoso.example covered",
                        "onedrive bob@contoso.example NOT_PROVISIONED",
                        "onedrive eve@contoso.example NOT_LICENSED",
                        "sharepoint Finance (contoso.sharepoint.example/sites/finance) covered",
                        "sharepoint Closed (contoso.sharepoint.example/sites/closed) LOCKED");
        assertThat(report.resources().discovered().stream()
                        .filter(each -> each.workload().equals("sharepoint")
                                && each.notCovered().isEmpty())
                        .flatMap(each -> rig.stored(each.id()).keySet().stream()))
                .isEqualTo(List.of("budget.xlsx"));
    }

    @Test
    void saysThatATenantHasNoSharePoint() {
        rig.simulator.strike(FaultRule.of(GraphFault.NO_SHAREPOINT).on("site.list"));
        rig.simulator.strike(FaultRule.of(GraphFault.NO_DRIVE).on("drive.get"));

        assertThat(completely().resources().discovered())
                .extracting(each -> each.workload() + " "
                        + each.notCovered().map(why -> why.reason().name()).orElse("covered"))
                .containsExactlyInAnyOrder("onedrive NOT_PROVISIONED", "sharepoint NOT_LICENSED");
    }

    @Test
    void asksForDrivesOneByOneWhereSitesMayNotBeListed() {
        rig.allow(Set.of("User.Read.All", "Organization.Read.All", "Files.Read.All"));
        drive.file("plan.txt", bytes("plan"));
        rig.backUp();
        assertThat(rig.stored(drive)).containsOnlyKeys("plan.txt");
    }
}
