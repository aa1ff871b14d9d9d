// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.error.SourceException;
import io.holdfast.simulators.graph.FeedHabit;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphChaos;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import io.holdfast.simulators.graph.MessageFlaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole sessions over a mailbox on the bad days of the service, on simulated time. */
final class MailBadDaysTest {
    private static final int BAD_SESSIONS = 3;

    /** Days on which no request is struck: lists, messages or tokens are not as usual. */
    private static final Set<GraphChaos> UNSTRUCK = EnumSet.of(
            GraphChaos.EXPIRED_TRANSFERS,
            GraphChaos.UNAUTHORIZED_IN_MID_RUN,
            GraphChaos.CORRUPT_ITEMS,
            GraphChaos.CORRUPT_ATTACHMENTS,
            GraphChaos.POISON_MESSAGES,
            GraphChaos.VANISHING_ITEMS,
            GraphChaos.LOST_TOMBSTONES,
            GraphChaos.MOVES_THERE_AND_BACK,
            GraphChaos.SPARSE_UPDATES,
            GraphChaos.NEXT_LINK_LOOP,
            GraphChaos.REPEATS,
            GraphChaos.EMPTY_PAGES,
            GraphChaos.PAGE_SHIFT,
            GraphChaos.WRITES_THAT_FAIL_AFTERWARDS,
            GraphChaos.DELTA_GONE_WITH_LOCATION,
            GraphChaos.DELTA_RESYNC_REQUIRED,
            GraphChaos.DELTA_NOT_FOUND,
            GraphChaos.DELTA_MALFORMED);

    private final TenantRig rig = TenantRig.withOneThread();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final MailTruth truth = new MailTruth(rig, ada);

    MailBadDaysTest() {
        fill();
    }

    @AfterEach
    void close() {
        assertThat(rig.simulator.ledger().violations()).isEmpty();
        assertThat(rig.simulator.ledger().totals().insideFence()).isZero();
        rig.close();
    }

    /** 150 messages of all sorts in folders of all sorts. */
    private void fill() {
        Random random = new Random(4);
        GraphFolder inbox = ada.mailbox().inbox();
        GraphFolder projects = inbox.addFolder("Projects");
        GraphFolder deep = projects.addFolder("2029").addFolder("Häuser & Gärten");
        ada.mailbox().folder("msgfolderroot").addFolder("Empty");
        ada.mailbox().folder("msgfolderroot").addFolder("Projects");
        List<GraphFolder> folders = List.of(
                inbox,
                inbox,
                inbox,
                projects,
                deep,
                ada.mailbox().folder("msgfolderroot").addHiddenFolder("Hidden"));
        for (int i = 0; i < 145; i++) {
            rig.time.advance(Duration.ofMinutes(7));
            MessageDraft message = TenantRig.message("Message " + i);
            if (i % 4 == 0) {
                message.attach(GraphAttachment.file("file " + i + ".bin", "application/octet-stream", noise(random)));
            }
            if (i % 12 == 0) {
                message.attach(GraphAttachment.file("empty.txt", "text/plain", new byte[0]));
            }
            folders.get(i % folders.size()).add(message);
        }
        inbox.add(TenantRig.message("With a nested one")
                .attach(GraphAttachment.item("nested", TenantRig.message("The nested one"))));
        inbox.add(TenantRig.message("With a picture")
                .html("<img src='cid:pic'>")
                .attach(GraphAttachment.file("pic.png", "image/png", noise(random))
                        .inline("pic")));
        ada.mailbox().folder("drafts").add(TenantRig.message("Unfinished").draft());
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[500 + random.nextInt(4000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What people do between two sessions. */
    private void live(int day) {
        GraphFolder inbox = ada.mailbox().inbox();
        List<GraphMessage> there = inbox.messages();
        inbox.add(TenantRig.message("News of day " + day)
                .attach(GraphAttachment.file("news.bin", "application/octet-stream", noise(new Random(day)))));
        there.get(3).markRead(true);
        there.get(5).move(ada.mailbox().folder("archive"));
        there.get(7).delete();
        there.get(9).purge();
        there.get(11).flag();
    }

    /** A session; one that cannot even begin says why, and that is all right on a bad day. */
    private Optional<BackupReport> backUp() {
        rig.time.advance(Duration.ofHours(5));
        try {
            BackupReport report = rig.backUp();
            assertAddsUp(report);
            return Optional.of(report);
        } catch (SourceException e) {
            assertThat(e.getMessage()).as("what went wrong").contains("source 'contoso'");
            return Optional.empty();
        }
    }

    private static void assertAddsUp(BackupReport report) {
        BackupReport.Items items = report.items();
        assertThat(items.stored()
                        + items.unchanged()
                        + items.removed()
                        + items.gone()
                        + items.skipped()
                        + items.degraded()
                        + items.failed())
                .isEqualTo(items.discovered());
        boolean caughtUp = report.resources().notCaughtUp().isEmpty();
        assertThat(report.outcome() == Outcome.COMPLETE)
                .as(report.toString())
                .isEqualTo(caughtUp && items.openFailures() == 0);
    }

    /** In a session that calls everything caught up, whatever is in the tenant is stored whole or stands in the ledger. */
    private void assertNothingLostWithoutALine(BackupReport report) {
        if (!report.resources().notCaughtUp().isEmpty() || report.snapshot().isEmpty()) {
            return;
        }
        Set<String> known =
                new HashSet<>(truth.stored(truth.latest(), "message").keySet());
        rig.failures().forEach(each -> known.add(each.key().value()));
        truth.messages()
                .forEach((key, placed) -> assertThat(known.contains(key) || hasVanished(placed.message()))
                        .as("stored or in the ledger: %s", placed.message())
                        .isTrue());
    }

    private static boolean hasVanished(GraphMessage message) {
        return message.flaw() == MessageFlaw.VANISHED;
    }

    private void endTheBadDay() {
        rig.simulator.calm();
        for (MailTruth.Placed each : truth.messages().values()) {
            if (hasVanished(each.message())) {
                each.message().purge();
            } else {
                each.message().heal();
            }
        }
        // By then whatever the ledger puts off is due.
        rig.time.advance(Duration.ofDays(1));
    }

    /** How many sessions it takes until everything is stored. */
    private void completeWithin(int most) {
        BackupReport last = null;
        for (int session = 1; session <= most; session++) {
            last = backUp().orElse(null);
            if (last != null
                    && last.outcome() == Outcome.COMPLETE
                    && rig.failures().isEmpty()) {
                return;
            }
        }
        throw new AssertionError("not complete after " + most + " sessions: " + last + rig.failures());
    }

    private void badDay(GraphChaos kind) {
        kind.begin(rig.simulator);
        for (int session = 0; session < BAD_SESSIONS; session++) {
            backUp().ifPresent(this::assertNothingLostWithoutALine);
            live(session);
        }
        endTheBadDay();
        completeWithin(4);
        if (kind == GraphChaos.LOST_TOMBSTONES) {
            // A removal that nobody tells of leaves the message where it is stored.
            truth.assertHeld();
        } else {
            truth.assertStored();
        }
    }

    @ParameterizedTest
    @EnumSource(GraphChaos.class)
    void aBadDayFromTheBeginningCostsTimeAndNothingElse(GraphChaos kind) {
        badDay(kind);
        assertThat(rig.simulator.ledger().totals().struck() > 0)
                .as("struck by " + kind)
                .isEqualTo(!UNSTRUCK.contains(kind));
    }

    @ParameterizedTest
    @EnumSource(GraphChaos.class)
    void aBadDayAfterAGoodOneCostsTimeAndNothingElse(GraphChaos kind) {
        completeWithin(1);
        live(10);
        badDay(kind);
    }

    @Test
    void allBadDaysAtOnceCostTimeAndNothingElse(@TempDir Path folder) throws IOException {
        for (GraphChaos kind : GraphChaos.values()) {
            // Without a single token nothing would be seen of all the others.
            if (kind != GraphChaos.IDENTITY_OUT && kind != GraphChaos.LOST_TOMBSTONES) {
                kind.begin(rig.simulator);
            }
        }
        for (int session = 0; session < 2 * BAD_SESSIONS; session++) {
            backUp().ifPresent(this::assertNothingLostWithoutALine);
            live(session);
        }
        assertThat(rig.simulator.ledger().totals().struck()).isGreaterThan(100);
        endTheBadDay();
        completeWithin(6);
        truth.assertStored();

        rig.restoreTo(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".eml")))
                    .hasSize(truth.messages().size());
        }
    }

    /** Pages of a folder hold 500. */
    @ParameterizedTest
    @EnumSource(
            value = FeedHabit.class,
            names = {"REPEATS", "EMPTY_PAGES", "NEXT_LINK_LOOP", "PAGE_SHIFT"})
    void copesWithOddPagesOfALargeFolder(FeedHabit habit) {
        rig.fill(ada.mailbox().folder("archive"), 1200);
        rig.simulator.behave(Set.of(habit));

        BackupReport report = backUp().orElseThrow();

        assertThat(report.resources().notCaughtUp().isEmpty()).isEqualTo(habit != FeedHabit.NEXT_LINK_LOOP);
        live(1);
        rig.simulator.calm();
        completeWithin(2);
        truth.assertStored();
    }
}
