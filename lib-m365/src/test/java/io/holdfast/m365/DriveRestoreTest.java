// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static io.holdfast.m365.DriveRig.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.RestoreReport;
import io.holdfast.RestoreReport.Outcome;
import io.holdfast.RestoreTargets;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphPermission;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreSettings.Permissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files and folders on their way back into drives. */
final class DriveRestoreTest {
    /** Two whole ranges of an upload and a bit. */
    private static final int LARGE = 11 << 20;

    private final DriveRig rig = new DriveRig();
    private final GraphDrive drive = rig.ada.drive();
    private final GraphUser bob = rig.tenant.addUser("bob", "Bob Example");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        rig.close();
    }

    private RestoreReport toBob() {
        return rig.restore(builder -> builder.toOwner(bob.principalName()));
    }

    private static void assertSameTree(GraphDrive copy, GraphDrive original) {
        assertThat(copy.items())
                .extracting(GraphDriveItem::path)
                .containsExactlyInAnyOrderElementsOf(
                        original.items().stream().map(GraphDriveItem::path).toList());
        for (GraphDriveItem item : original.items()) {
            GraphDriveItem other = copy.find(item.path()).orElseThrow();
            assertThat(other.kind()).as(item.path()).isEqualTo(item.kind());
            if (item.kind() == GraphDriveItem.Kind.FILE) {
                assertThat(Arrays.equals(other.content(), item.content()))
                        .as("content of " + item.path())
                        .isTrue();
                assertThat(other.ownModified()).as(item.path()).isEqualTo(item.ownModified());
                assertThat(other.ownCreated()).as(item.path()).isEqualTo(item.ownCreated());
            }
        }
    }

    @Test
    void givesTreesFilesDatesAndVersionsToAnotherUser() {
        bob.drive();
        drive.folder("empty/nested");
        drive.file("a/zero.txt", new byte[0]);
        drive.file("a/plan.txt", bytes("first"));
        drive.file("a/plan.txt", bytes("second"));
        drive.file("a/plan.txt", bytes("third"));
        drive.file("large.bin", DriveRig.noise(LARGE, 3));
        drive.find("a/plan.txt")
                .orElseThrow()
                .date(Instant.parse("2019-05-06T07:08:09Z"), Instant.parse("2021-05-06T07:08:09Z"));
        rig.backUp();

        RestoreReport report = toBob();

        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
        assertSameTree(bob.drive(), drive);
        GraphDriveItem plan = bob.drive().find("a/plan.txt").orElseThrow();
        assertThat(plan.versionCount()).isEqualTo(3);
        assertThat(plan.version(0)).isEqualTo(bytes("first"));
        assertThat(plan.version(1)).isEqualTo(bytes("second"));
        assertThat(toBob().alreadyThere()).isEqualTo(3);
        assertThat(plan.versionCount()).isEqualTo(3);
    }

    @Test
    void putsBackWhatIsMissingAndLeavesWhatChanged() {
        drive.file("a/deleted.txt", bytes("deleted"));
        drive.file("a/changed.txt", bytes("before"));
        drive.file("a/same.txt", bytes("same"));
        rig.backUp();
        drive.find("a/deleted.txt").orElseThrow().delete();
        drive.file("a/changed.txt", bytes("after"));

        RestoreReport report = rig.restore(builder -> builder);

        assertThat(report.restored()).isEqualTo(1);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.alreadyThere()).isEqualTo(1);
        assertThat(drive.find("a/deleted.txt").orElseThrow().content()).isEqualTo(bytes("deleted"));
        assertThat(drive.find("a/changed.txt").orElseThrow().content()).isEqualTo(bytes("after"));
    }

    @Test
    void writesOverWhatChangedAsANewVersion() {
        drive.file("changed.txt", bytes("before"));
        rig.backUp();
        drive.file("changed.txt", bytes("after"));

        assertThat(rig.restore(builder -> builder.onConflict(Conflict.REPLACE)).restored())
                .isEqualTo(1);

        GraphDriveItem file = drive.find("changed.txt").orElseThrow();
        assertThat(file.content()).isEqualTo(bytes("before"));
        assertThat(file.versionCount()).isEqualTo(3);
    }

    @Test
    void keepsBothOnceHoweverOftenItIsRun() {
        drive.file("changed.txt", bytes("before"));
        rig.backUp();
        drive.file("changed.txt", bytes("after"));

        rig.restore(builder -> builder.onConflict(Conflict.KEEP_BOTH));
        RestoreReport again = rig.restore(builder -> builder.onConflict(Conflict.KEEP_BOTH));

        assertThat(again.alreadyThere()).isEqualTo(1);
        assertThat(drive.items()).hasSize(2);
        assertThat(drive.items())
                .extracting(GraphDriveItem::name)
                .anySatisfy(name -> assertThat(name).matches("changed ~[0-9a-f]{8}\\.txt"));
        assertThat(drive.items().get(1).content()).isEqualTo(bytes("before"));
    }

    @Test
    void putsEverythingIntoAFolder() {
        drive.file("a/plan.txt", bytes("plan"));
        rig.backUp();
        RestoreReport report = rig.restore(builder -> builder.intoFolder("Restored/today"));
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(drive.find("Restored/today/a/plan.txt").orElseThrow().content())
                .isEqualTo(bytes("plan"));
    }

    @ParameterizedTest
    @EnumSource(
            value = GraphFault.class,
            names = {"INTERNAL_ERROR", "GATEWAY_TIMEOUT", "HANG_UP", "RANGE_NOT_SATISFIABLE", "NO_UPLOAD"})
    void goesOnWithAnUploadThatBrokeOff(GraphFault fault) {
        bob.drive();
        drive.file("large.bin", DriveRig.noise(LARGE, 3));
        rig.backUp();
        rig.simulator.strike(FaultRule.of(fault).on("drive.upload.range").times(1));

        assertThat(toBob().outcome()).isEqualTo(Outcome.COMPLETE);
        assertSameTree(bob.drive(), drive);
        assertThat(rig.asked("drive.upload.create")).isEqualTo(1);
    }

    @Test
    void doesNotWriteTwiceWhatWasWrittenWithoutAWord() {
        bob.drive();
        drive.file("large.bin", DriveRig.noise(LARGE, 3));
        drive.file("small.bin", bytes("small"));
        rig.backUp();
        rig.simulator.strike(
                FaultRule.of(GraphFault.HANG_UP).on("drive.upload").times(4).afterwards());

        assertThat(toBob().outcome()).isEqualTo(Outcome.COMPLETE);
        assertSameTree(bob.drive(), drive);
        assertThat(bob.drive().items())
                .allSatisfy(item -> assertThat(item.versionCount()).isEqualTo(1));
    }

    @Test
    void grantsAgainWithinTheTenantAndTellsWhatItCannot() {
        GraphUser eve = rig.tenant.addUser("eve", "Eve Example");
        bob.drive();
        GraphDriveItem plan = drive.file("a/plan.txt", bytes("plan"));
        plan.share(bob, "read");
        plan.share(eve, "write");
        plan.shareByLink("organization", "read");
        plan.shareWithSiteGroup("Visitors", "read");
        drive.find("a").orElseThrow().share(bob, "write");
        rig.backUp();
        eve.purge();

        RestoreReport report = toBob();

        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
        GraphDriveItem copy = bob.drive().find("a/plan.txt").orElseThrow();
        assertThat(copy.permissions())
                .extracting(GraphPermission::roles, GraphPermission::principals, GraphPermission::linkScope)
                .containsExactly(
                        tuple(List.of("read"), List.of(bob.id()), Optional.empty()),
                        tuple(List.of("read"), List.of(), Optional.of("organization")));
        assertThat(bob.drive().find("a").orElseThrow().permissions()).hasSize(1);
        assertThat(report.remarks())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("plan.txt", "siteGroup Visitors"));
        toBob();
        assertThat(copy.permissions()).hasSize(2);
    }

    @Test
    void onlyTellsOfGrantsIfItIsToldSo() {
        bob.drive();
        drive.file("plan.txt", bytes("plan")).share(bob, "read");
        rig.backUp();

        RestoreReport report =
                rig.restore(builder -> builder.toOwner(bob.principalName()).permissions(Permissions.REPORT));
        assertThat(report.remarks()).hasSize(1);
        assertThat(bob.drive().items().get(0).permissions()).isEmpty();
        assertThat(rig.restore(builder -> builder.toOwner(bob.principalName()).permissions(Permissions.NONE))
                        .remarks())
                .isEmpty();
    }

    @Test
    void refusesAnOwnerWithoutADriveWithAWord() {
        drive.file("plan.txt", bytes("plan"));
        rig.backUp();
        RestoreReport report = toBob();
        assertThat(report.failures())
                .singleElement()
                .satisfies(each -> assertThat(each.trouble().orElse("")).contains("has no OneDrive"));
    }

    @Test
    void writesFilesOfLibrariesUnderTheirOwnNamesToAFolderOnDisk() throws Exception {
        GraphDrive library = rig.tenant.addSite("finance", "Finance").drives().get(0);
        library.file("a/budget.xlsx", bytes("first"));
        library.file("a/budget.xlsx", bytes("second"));
        rig.backUp();

        assertThat(rig.restore(RestoreTargets.directory(folder), builder -> builder)
                        .outcome())
                .isEqualTo(Outcome.COMPLETE);
        try (Stream<Path> all = Files.walk(folder)) {
            Path file = all.filter(each -> each.endsWith("a/budget.xlsx"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes("second"));
        }
    }
}
