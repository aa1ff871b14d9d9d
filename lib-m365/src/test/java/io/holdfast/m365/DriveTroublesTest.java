// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static io.holdfast.m365.DriveRig.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.repository.OpenFailure;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.FeedHabit;
import io.holdfast.simulators.graph.FileFlaw;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that cannot be had, or not at once, and drives that cannot be followed. */
final class DriveTroublesTest {
    private final DriveRig rig = new DriveRig().withoutVersions();
    private final GraphDrive drive = rig.ada.drive();

    @AfterEach
    void close() {
        rig.close();
    }

    private void assertContent(String path, byte[] content) {
        assertThat(Arrays.equals(rig.content(rig.stored(drive).get(path)), content))
                .as(path)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = GraphFault.class,
            names = {
                "EXPIRED_ADDRESS",
                "EXPIRED_ADDRESS_PAGE",
                "LOST_FOR_A_MOMENT",
                "ITEM_NOT_FOUND",
                "CUT",
                "SHORT_BODY",
                "RESET",
                "WRONG_BODY",
                "TRUNCATED",
                "STALL",
                "DRIP",
                "HANG",
                "INTERNAL_ERROR",
                "BUSY_FOR_SECONDS",
                "TOO_MANY_BYTES",
                "GARBAGE"
            })
    void readsAContentAgainThatCouldNotBeReadAtFirst(GraphFault fault) {
        // No multiple of 160 bytes: then their hash would not show that all of them were changed in the same way.
        drive.file("plan.bin", DriveRig.noise(200_001, 1));
        rig.simulator.strike(FaultRule.of(fault).on("drive.content").times(1));

        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);

        assertContent("plan.bin", DriveRig.noise(200_001, 1));
        assertThat(rig.asked("drive.content")).isEqualTo(2);
    }

    @Test
    void asksForAnotherAddressWhenItsOwnHasExpired() {
        drive.file("plan.bin", bytes("plan"));
        rig.simulator.strike(
                FaultRule.of(GraphFault.EXPIRED_ADDRESS).on("drive.content").times(1));
        rig.backUp();
        assertThat(rig.asked("drive.item")).isEqualTo(1);
        assertContent("plan.bin", bytes("plan"));
    }

    @ParameterizedTest
    @EnumSource(
            value = FileFlaw.class,
            names = {"MALWARE", "HIDDEN_MALWARE"})
    void keepsWhatIsKnownOfAnInfectedFileAndSkipsItsContent(FileFlaw flaw) {
        drive.file("virus.exe", bytes("virus")).spoil(flaw);
        drive.file("plan.bin", bytes("plan"));

        BackupReport report = rig.backUp();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(report.items().skipped()).isEqualTo(1);
        assertThat(rig.failures()).singleElement().satisfies(open -> {
            assertThat(open.condition()).isEqualTo(OpenFailure.Condition.SKIPPED);
            assertThat(open.code()).isEqualTo("malwareDetected");
        });
        assertThat(rig.stored(drive)).containsOnlyKeys("virus.exe", "plan.bin");
        assertThat(rig.stored(drive).get("virus.exe").condition()).isEqualTo(ManifestEntry.Condition.SKIPPED);
    }

    @Test
    void storesAFileWhoseAnnouncedHashIsWrongForGoodAndMarksIt() {
        drive.file("report.docx", bytes("report")).spoil(FileFlaw.OTHER_HASH);
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        assertContent("report.docx", bytes("report"));
        assertThat(rig.stored(drive).get("report.docx").parts())
                .singleElement()
                .satisfies(part -> assertThat(part.providerHashDiffers()).isTrue());
    }

    @Test
    void storesAFileOfWhichNoHashIsKnown() {
        drive.file("report.docx", bytes("report")).spoil(FileFlaw.NO_HASH);
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        assertContent("report.docx", bytes("report"));
        rig.backUp();
        assertThat(rig.asked("drive.content")).isZero();
    }

    @Test
    void keepsAPoisonFileInTheLedgerAndStoresAllOthers() {
        GraphDriveItem poison = drive.file("poison.bin", bytes("poison"));
        poison.spoil(FileFlaw.POISON);
        drive.file("plan.bin", bytes("plan"));

        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.PARTIAL);
        assertContent("plan.bin", bytes("plan"));
        assertThat(rig.failures())
                .singleElement()
                .satisfies(open -> assertThat(open.key().value()).isEqualTo(poison.id()));

        poison.spoil(FileFlaw.NONE);
        rig.time.advance(Duration.ofDays(8));
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        assertContent("poison.bin", bytes("poison"));
    }

    @Test
    void takesAFileThatVanishedForGone() {
        drive.file("plan.bin", bytes("plan"));
        rig.simulator.strike(
                FaultRule.of(GraphFault.EXPIRED_ADDRESS).on("drive.content").times(1));
        drive.find("plan.bin").orElseThrow().spoil(FileFlaw.VANISHED);
        assertThat(rig.backUp().items().stored()).isZero();
        drive.find("plan.bin").orElseThrow().delete();
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void keepsTheFilesOfANotebookAndSkipsTheNotebookAsAWhole() {
        drive.notebook("Notes");
        drive.file("Notes/first.one", bytes("first"));
        drive.file("Notes/second.one", bytes("second")).spoil(FileFlaw.NOT_HANDED_OUT);

        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);

        assertContent("Notes/first.one", bytes("first"));
        assertThat(rig.failures())
                .extracting(open -> open.condition() + " " + open.code())
                .containsExactlyInAnyOrder("SKIPPED package", "SKIPPED onenote-503");
        drive.find("Notes").orElseThrow().delete();
        rig.backUp();
        assertThat(rig.failures()).isEmpty();
    }

    @Test
    void recordsAShortcutAndDoesNotFollowIt() {
        GraphDrive other = rig.tenant.addSite("finance", "Finance").drives().get(0);
        drive.shortcut("Finance", other.folder("budget"));
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(rig.stored(drive).get("Finance").kind().name()).isEqualTo("shortcut");
        assertThat(rig.stored(drive).get("Finance").parts()).isEmpty();
    }

    @Test
    void forgetsWhatADeletedFolderHeldAlthoughNobodySaysSo() {
        drive.file("a/b/plan.txt", bytes("plan"));
        drive.file("a/kept.txt", bytes("kept"));
        drive.folder("c");
        rig.backUp();
        rig.simulator.behave(Set.of(FeedHabit.FOLDER_REMOVALS_ALONE));
        drive.find("a/kept.txt").orElseThrow().move(drive.find("c").orElseThrow());
        drive.find("a").orElseThrow().delete();

        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(rig.stored(drive)).containsOnlyKeys("c", "c/kept.txt");
    }

    @Test
    void stopsAFeedThatLeadsInACircle() {
        for (int i = 0; i < 1200; i++) {
            drive.file("file " + i, bytes("x" + i));
        }
        rig.simulator.behave(Set.of(FeedHabit.NEXT_LINK_LOOP));
        BackupReport report = rig.backUp();
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.resources().notCaughtUp()).hasSize(1);
        rig.simulator.calm();
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(rig.stored(drive)).hasSize(1200);
    }

    @Test
    void leavesALockedDriveAsItIsAndGoesOnWhenItIsOpenAgain() {
        drive.file("plan.txt", bytes("plan"));
        rig.backUp();
        drive.site().lock(true);
        BackupReport report = rig.backUp();
        assertThat(report.resources().discovered())
                .filteredOn(each -> each.notCovered().isPresent())
                .isNotEmpty();
        assertThat(rig.stored(drive)).containsOnlyKeys("plan.txt");
        drive.site().lock(false);
        drive.file("new.txt", bytes("new"));
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(rig.stored(drive)).containsOnlyKeys("plan.txt", "new.txt");
    }
}
