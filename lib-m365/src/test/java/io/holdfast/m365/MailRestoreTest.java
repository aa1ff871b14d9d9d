// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail of a simulated tenant on its way back: into another mailbox, into its own, and to files. */
final class MailRestoreTest {
    private static final Instant RECEIVED = Instant.parse("2029-03-04T05:06:07Z");

    private static final List<String> EQUAL = List.of(
            "subject",
            "body",
            "from",
            "sender",
            "toRecipients",
            "ccRecipients",
            "receivedDateTime",
            "sentDateTime",
            "internetMessageId",
            "isRead",
            "flag",
            "categories",
            "importance",
            "hasAttachments");

    @TempDir
    private Path folder;

    private final TenantRig rig = new TenantRig();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphUser bob = rig.tenant.addUser("bob", "Bob Empty");
    private final GraphFolder inbox = ada.mailbox().inbox();
    private final byte[] large = new byte[5 << 20];
    private final byte[] small = "small".getBytes(StandardCharsets.UTF_8);

    @AfterEach
    void close() {
        rig.close();
    }

    private void fill() {
        new Random(1).nextBytes(large);
        GraphFolder nested = inbox.addFolder("Projects").addFolder("2030");
        nested.add(whole("With everything")
                .attach(GraphAttachment.file("small.txt", "text/plain", small))
                .attach(GraphAttachment.file("empty.bin", "application/octet-stream", new byte[0]))
                .attach(GraphAttachment.file("logo.png", "image/png", small).inline("logo@1")));
        nested.add(whole("With a large one").attach(GraphAttachment.file("large.bin", "application/zip", large)));
        nested.add(whole("With a message in it").attach(GraphAttachment.item("inner", whole("Inner"))));
        inbox.add(whole("Plain"));
        assertThat(rig.backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
    }

    private static MessageDraft whole(String subject) {
        return TenantRig.message(subject)
                .cc("Carl", "carl@elsewhere.example")
                .receivedAt(RECEIVED)
                .sentAt(RECEIVED.minusSeconds(9))
                .category("Red category")
                .read();
    }

    private RestoreReport restore(GraphUser to) {
        return RestoreSession.builder()
                .on(rig.runtime)
                .from(rig.repository)
                .snapshot(rig.repository.latest(rig.connector().id()).orElseThrow())
                .selecting(Selection.users(ada.principalName()))
                .toOwner(to.principalName())
                .to(RestoreTargets.source(rig.connector()))
                .build()
                .run();
    }

    private static GraphMessage find(GraphFolder folder, String subject) {
        return folder.messages().stream()
                .filter(each -> each.property("subject").equals(Optional.of(subject)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(subject + " is not in " + folder.displayName()));
    }

    private static GraphFolder child(GraphFolder folder, String name) {
        return folder.folders().stream()
                .filter(each -> each.displayName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + folder.displayName()));
    }

    private static void assertSame(GraphMessage restored, GraphMessage original) {
        for (String property : EQUAL) {
            // What nobody ever set comes back as the service's default.
            original.property(property)
                    .ifPresent(value ->
                            assertThat(restored.property(property)).as(property).contains(value));
        }
        // What is not said is no draft.
        assertThat(restored.property("isDraft").orElse(false))
                .isEqualTo(original.property("isDraft").orElse(false));
        assertThat(restored.attached()).hasSameSizeAs(original.attached());
        for (GraphAttachment each : original.attached()) {
            GraphAttachment twin = restored.attached().stream()
                    .filter(other -> other.name().equals(each.name()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(each.name() + " is missing"));
            if (!each.name().equals("inner")) {
                assertThat(twin.bytes()).as(each.name()).isEqualTo(each.bytes());
            }
        }
    }

    @Test
    void comesBackIntoAnEmptyMailbox() {
        fill();

        RestoreReport report = restore(bob);

        assertThat(report.failed()).as(report.toString()).isZero();
        assertBobHasAll();
    }

    private void assertBobHasAll() {
        assertSame(find(bob.mailbox().inbox(), "Plain"), find(inbox, "Plain"));
        GraphFolder from = child(child(inbox, "Projects"), "2030");
        GraphFolder to = child(child(bob.mailbox().inbox(), "Projects"), "2030");
        assertThat(to.messages()).hasSize(3);
        for (GraphMessage each : from.messages()) {
            assertSame(find(to, String.valueOf(each.property("subject").orElseThrow())), each);
        }
    }

    @Test
    void isNotPutTwiceByASecondRun() {
        fill();
        restore(bob);
        int size = bob.mailbox().size();

        restore(bob);

        assertThat(bob.mailbox().size()).isEqualTo(size);
    }

    @Test
    void leavesAMailboxAloneThatLacksNothing() {
        fill();
        int size = ada.mailbox().size();

        restore(ada);

        assertThat(ada.mailbox().size()).isEqualTo(size);
    }

    @ParameterizedTest
    @EnumSource(
            value = GraphFault.class,
            names = {"INTERNAL_ERROR", "GATEWAY_TIMEOUT", "HANG_UP", "BUSY_FOR_SECONDS"})
    void goesOnWithTheUploadOfAnAttachmentThatBrokeOff(GraphFault fault) {
        fill();
        rig.simulator.strike(
                FaultRule.of(fault).on("attachment.upload").times(1).afterwards());

        restore(bob);

        assertBobHasAll();
        assertThat(rig.asked("attachment.createUploadSession")).isEqualTo(1);
        assertThat(rig.asked("attachment.upload"))
                .as("two ranges, and a question how far it came")
                .isEqualTo(3);
    }

    @Test
    void goesOnFromWhatWasConfirmedWhereAnUploadDoesNotTellHowFarItCame() {
        fill();
        rig.simulator.strike(
                FaultRule.of(GraphFault.INTERNAL_ERROR).on("attachment.upload").times(1));
        rig.simulator.strike(
                FaultRule.of(GraphFault.UNHEARD_OF).on("attachment.upload").times(1));

        restore(bob);

        assertBobHasAll();
        assertThat(rig.asked("attachment.createUploadSession")).isEqualTo(1);
    }

    @Test
    void becomesFilesThatMailProgramsOpen() throws IOException {
        fill();

        rig.restoreTo(folder);

        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> messages =
                    files.filter(file -> file.toString().endsWith(".eml")).toList();
            assertThat(messages).hasSize(4);
            for (Path each : messages) {
                assertThat(Files.readString(each, StandardCharsets.ISO_8859_1))
                        .contains("Subject: ", "From: ", "carl@elsewhere.example");
            }
        }
    }
}
