// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.repository.OpenFailure;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageFlaw;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Single messages that make trouble, and changes in the middle of a session. */
final class MailTroublesTest {
    private final TenantRig rig = TenantRig.withOneThread();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphFolder inbox = ada.mailbox().inbox();
    private final GraphFolder archive = ada.mailbox().folder("archive");
    private final MailTruth truth = new MailTruth(rig, ada);

    @AfterEach
    void close() {
        rig.close();
    }

    private BackupReport backUpAfter(Duration pause) {
        rig.time.advance(pause);
        return rig.backUp();
    }

    private long reads() {
        return rig.asked().getOrDefault("message.get", 0L)
                + rig.asked().getOrDefault("message.mime", 0L)
                + rig.asked().getOrDefault("message.list", 0L);
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageFlaw.class,
            names = {"CORRUPT", "POISON"})
    void aPoisonMessageIsTriedByTheLedgersScheduleAndNotMoreOften(MessageFlaw flaw) {
        rig.fill(inbox, 20);
        GraphMessage poison = inbox.messages().get(7);
        poison.spoil(flaw);

        int sessions = 0;
        int tried = 0;
        while (sessions < 24 * 12) {
            backUpAfter(Duration.ofHours(1));
            sessions++;
            tried += reads() > 0 ? 1 : 0;
        }

        // At once, in the next session, then after 4 hours, 1, 3 and 7 days.
        assertThat(tried).isEqualTo(6);
        assertThat(rig.failures()).singleElement().satisfies(open -> {
            assertThat(open.key().value()).isEqualTo(poison.immutableId());
            assertThat(open.attempts()).isEqualTo(6);
            assertThat(open.cause()).isNotEmpty();
        });
        assertThat(truth.messages()).hasSize(20);
        assertThat(truth.stored(truth.latest(), "message").values())
                .filteredOn(item -> item.entry().condition() == ManifestEntry.Condition.WHOLE)
                .hasSize(19);
    }

    @Test
    void aFlakyMessageArrivesLater() {
        rig.fill(inbox, 20);
        inbox.messages().get(7).spoil(MessageFlaw.POISON);
        assertThat(backUpAfter(Duration.ofHours(1)).outcome()).isEqualTo(Outcome.PARTIAL);
        inbox.messages().get(7).heal();

        assertThat(backUpAfter(Duration.ofHours(1)).outcome()).isEqualTo(Outcome.COMPLETE);

        assertThat(rig.failures()).isEmpty();
        assertThat(reads()).isEqualTo(1);
        truth.assertStored();
    }

    @Test
    void attachmentsThatAnExpansionLeavesOutAreStored() {
        rig.fill(inbox, 20);
        // Nothing but Exchange's own flag tells of it: it is no part of the text, and Graph counts it as none.
        inbox.add(TenantRig.message("With a picture")
                        .attach(GraphAttachment.file("logo.png", "image/png", bytes("logo"))
                                .inline("logo@1")))
                .hideAttachmentsFromExpansions();
        inbox.add(TenantRig.message("With a file").attach(GraphAttachment.file("a.txt", "text/plain", bytes("a"))))
                .hideAttachmentsFromExpansions();

        assertThat(backUpAfter(Duration.ofHours(1)).outcome()).isEqualTo(Outcome.COMPLETE);

        truth.assertStored();
        assertThat(rig.asked("attachment.list")).isEqualTo(2);
    }

    @Test
    void aMailboxThatIsFullIsListedUntilThereIsRoomAgain() {
        rig.fill(inbox, 1_100);
        assertThat(backUpAfter(Duration.ofHours(1)).outcome()).isEqualTo(Outcome.COMPLETE);
        rig.simulator.strike(FaultRule.of(GraphFault.QUOTA_EXCEEDED).on("message.delta"));
        inbox.messages().get(3).purge();
        inbox.messages().get(40).edit("subject", "Changed while it was full");
        rig.fill(inbox, 5);

        BackupReport full = backUpAfter(Duration.ofHours(1));

        assertThat(full.outcome()).as(full.toString()).isEqualTo(Outcome.COMPLETE);
        assertThat(full.items().removed()).isEqualTo(1);
        assertThat(full.items().stored()).isEqualTo(6);
        truth.assertStored();

        rig.simulator.calm();
        rig.fill(inbox, 1);
        inbox.messages().get(10).purge();
        BackupReport roomy = backUpAfter(Duration.ofHours(1));
        assertThat(roomy.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(roomy.items().removed()).isEqualTo(1);
        assertThat(roomy.items().stored()).isEqualTo(1);
        assertThat(rig.asked("message.get"))
                .as("the new one, and the one that is gone")
                .isEqualTo(2);
        assertThat(rig.asked("message.list")).isZero();
        truth.assertStored();
    }

    @Test
    void anAttachmentThatComesShortOnceIsReadAgain() {
        byte[] large = new byte[4 << 20];
        new Random(5).nextBytes(large);
        inbox.add(TenantRig.message("With a large one")
                .attach(GraphAttachment.file("large.bin", "application/octet-stream", large)));
        rig.simulator.strike(
                FaultRule.of(GraphFault.TRUNCATED).on("attachment.value").times(1));

        assertThat(backUpAfter(Duration.ofHours(1)).outcome()).isEqualTo(Outcome.COMPLETE);

        assertThat(rig.asked("attachment.value")).isEqualTo(2);
        truth.assertStored();
    }

    @Test
    void aCorruptAttachmentDegradesItsMessageAndNothingElse() {
        rig.fill(inbox, 20);
        GraphMessage message = inbox.add(TenantRig.message("With two")
                .attach(GraphAttachment.file("good.txt", "text/plain", bytes("good")))
                .attach(GraphAttachment.file("bad.txt", "text/plain", bytes("bad"))));
        message.spoilAttachment("bad.txt");

        BackupReport report = backUpAfter(Duration.ofHours(1));

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.items().degraded()).isEqualTo(1);
        assertThat(report.items().failed()).isZero();
        assertThat(rig.failures()).singleElement().satisfies(open -> {
            assertThat(open.condition()).isEqualTo(OpenFailure.Condition.DEGRADED);
            assertThat(open.code()).isEqualTo("ErrorCannotOpenFileAttachment");
        });
        ManifestEntry stored = truth.stored(truth.latest(), "message")
                .get(message.immutableId())
                .entry();
        assertThat(new String(truth.part(stored, "message"), StandardCharsets.UTF_8))
                .contains("Text of With two", "good.txt", "bad.txt");
        assertThat(stored.parts())
                .filteredOn(part -> part.name().startsWith("attachment/"))
                .singleElement()
                .extracting(PartEntry::size)
                .isEqualTo(4L);

        message.heal();
        assertThat(backUpAfter(Duration.ofHours(5)).outcome()).isEqualTo(Outcome.COMPLETE);
        truth.assertStored();
    }

    @Test
    void aMessageThatTheServiceDeniesOnceIsNotTakenForGone() {
        GraphMessage draft = ada.mailbox()
                .folder("drafts")
                .add(TenantRig.message("Unfinished").draft());
        backUpAfter(Duration.ofHours(1));
        draft.edit("subject", "Nearly finished");
        rig.simulator.strike(
                FaultRule.of(GraphFault.ITEM_NOT_FOUND).on("message.get").times(1));

        BackupReport report = backUpAfter(Duration.ofHours(5));

        assertThat(report.items().gone()).isZero();
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        truth.assertStored();
    }

    /** Runs something before the first request of which the address says so much. */
    private BackupReport backUpWith(Predicate<String> when, Runnable what) {
        HttpTransport simulated = rig.simulator.transport();
        AtomicBoolean done = new AtomicBoolean();
        HttpTransport meddling = new HttpTransport() {
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
        };
        rig.time.advance(Duration.ofHours(5));
        BackupReport report = rig.backUp(rig.builder().transport(meddling).build());
        assertThat(done).isTrue();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
        return report;
    }

    private static Predicate<String> feedOf(GraphFolder folder) {
        return address -> address.contains(folder.id().replace("=", "%3D") + "/messages/delta")
                || address.contains(folder.id() + "/messages/delta")
                || address.contains(folder.id() + "')/messages/delta")
                || address.contains(folder.id().replace("=", "%3D") + "')/messages/delta");
    }

    @Test
    void aMessageThatMovesAheadWhileTheRunIsBetweenTheTwoFoldersIsKept() {
        rig.fill(inbox, 20);
        backUpAfter(Duration.ofHours(5));
        GraphMessage wanderer = inbox.messages().get(3);

        BackupReport report = backUpWith(feedOf(archive), () -> wanderer.move(archive));

        assertThat(report.items().removed()).isZero();
        truth.assertStored();
        backUpAfter(Duration.ofHours(5));
        truth.assertStored();
    }

    @Test
    void aMessageThatMovesBackWhileTheRunIsBetweenTheTwoFoldersIsKept() {
        rig.fill(archive, 20);
        backUpAfter(Duration.ofHours(5));
        GraphMessage wanderer = archive.messages().get(3);

        // The feed of the inbox is read before that of the archive.
        BackupReport report = backUpWith(feedOf(archive), () -> wanderer.move(inbox));

        assertThat(report.items().removed()).isZero();
        truth.assertStored();
        backUpAfter(Duration.ofHours(5));
        truth.assertStored();
    }

    @Test
    void aMessageThatMovesBackInAFirstRunIsKeptByTheNext() {
        rig.fill(archive, 20);
        GraphMessage wanderer = archive.messages().get(3);

        backUpWith(feedOf(archive), () -> wanderer.move(inbox));

        assertThat(truth.stored(truth.latest(), "message")).hasSize(19);
        backUpAfter(Duration.ofHours(5));
        truth.assertStored();
    }

    @Test
    void aDeletionThatShiftsThePagesHidesNoOtherMessage() {
        rig.fill(inbox, 1100);
        AtomicInteger pages = new AtomicInteger();

        BackupReport report = backUpWith(
                address -> address.contains("skiptoken") && pages.incrementAndGet() == 1,
                () -> inbox.messages().get(0).purge());

        assertThat(report.items().stored()).isGreaterThanOrEqualTo(1099);
        backUpAfter(Duration.ofHours(5));
        truth.assertStored();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
