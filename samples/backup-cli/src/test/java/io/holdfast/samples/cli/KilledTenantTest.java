// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import io.holdfast.simulators.http.PeerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that dies while it backs a tenant of Microsoft 365 up, or takes it back: after a number of requests that is drawn from a seed, when the
 * service has done what was asked and the answer has not left. {@code -Dholdfast.kills=50} kills that often instead of a handful of times, and
 * {@code -Dholdfast.seed=N} draws other moments.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KilledTenantTest {
    private static final int KILLS = Integer.getInteger("holdfast.kills", 2);
    private static final long SEED = Long.getLong("holdfast.seed", 1);
    private static final String BACKUP = "backup --json --source contoso --repository main";
    private static final String RESTORE = "restore --json --repository main --source contoso --user ada@contoso.example"
            + " --to-source contoso --to-user bob@contoso.example --into-folder /";
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);
    private static final int MESSAGES = 60;
    private static final int FILES = 25;
    private static final int LARGE_ATTACHMENT = 8 << 20;
    private static final int LARGE_FILE = 12 << 20;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final SimulatedTenant contoso = new SimulatedTenant();
    private final GraphUser ada = contoso.tenant.addUser("ada", "Ada Example");
    private final GraphUser bob = contoso.tenant.addUser("bob", "Bob Empty");
    private Cli cli;

    @BeforeEach
    void begin() throws IOException {
        cli = Cli.in(folder);
        contoso.configure(cli, "mail, calendar, contacts, onedrive");
        bob.drive();
    }

    @AfterEach
    void end() {
        contoso.close();
    }

    private static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void fill() {
        for (int i = 0; i < MESSAGES; i++) {
            MessageDraft message = MessageDraft.of("Message " + i)
                    .from("Carl", "carl@elsewhere.example")
                    .to("Ada", "ada@contoso.example")
                    .text("Text " + i);
            if (i % 6 == 0) {
                message.attach(GraphAttachment.file("file", "application/octet-stream", noise(i, 3000)));
            }
            ada.mailbox().inbox().add(message);
        }
        ada.mailbox()
                .inbox()
                .add(MessageDraft.of("Large")
                        .attach(GraphAttachment.file("large", "application/zip", noise(1, LARGE_ATTACHMENT))));
        for (int i = 0; i < 12; i++) {
            ada.mailbox()
                    .calendar()
                    .add(EventDraft.allDay("Event " + i, MONDAY.plusDays(i), 1)
                            .attach(GraphAttachment.file("paper", "text/plain", noise(i, 100))));
            GraphContact contact = ada.mailbox().contacts().add("Person " + i, "person" + i + "@elsewhere.example");
            contact.photo(noise(i, 500));
        }
        for (int i = 0; i < FILES; i++) {
            ada.drive().file("folder " + i % 3 + "/file " + i, noise(i, 5000));
        }
        ada.drive().file("large.bin", noise(2, LARGE_FILE));
    }

    /** What somebody has, one line for each thing. */
    private static List<String> held(GraphUser user) {
        List<String> held = new ArrayList<>();
        for (GraphMessage each : user.mailbox().inbox().messages()) {
            held.add("message " + each.property("subject")
                    + each.attached().stream()
                            .map(one -> Arrays.hashCode(one.bytes()))
                            .toList());
        }
        for (GraphEvent each : user.mailbox().calendar().events()) {
            held.add("event " + each.text("subject")
                    + each.attachmentBytes().values().stream()
                            .map(Arrays::hashCode)
                            .toList());
        }
        for (GraphContact each : user.mailbox().contacts().contacts()) {
            held.add("contact " + each.seen().get("displayName")
                    + each.photo().map(Arrays::hashCode).orElse(0));
        }
        for (GraphDriveItem each : user.drive().items()) {
            held.add("file " + each.path()
                    + (each.kind() == GraphDriveItem.Kind.FILE ? Arrays.hashCode(each.content()) : ""));
        }
        return held;
    }

    /** Runs a command that dies after a random number of requests, if it makes as many. */
    private void runAndKill(String command, int most) throws Exception {
        try (Child child = Child.start(cli, command)) {
            contoso.after(1 + random.nextInt(most), request -> true, child::killAtOnce);
            child.await();
        }
        contoso.after(0, request -> false, () -> {});
    }

    private JsonText completely(String command) throws Exception {
        try (Child last = Child.start(cli, command)) {
            return last.await().expect(0).json();
        }
    }

    private long asked(String operation) {
        return contoso.simulator.ledger().count(operation);
    }

    private void assertSnapshotHoldsAll() throws IOException {
        cli.run("verify --repository main --level content").expect(0);
        Path out = folder.resolve("out " + random.nextInt());
        cli.run("restore --repository main --source contoso", "--to-directory", out.toString())
                .expect(0);
        try (Stream<Path> files = Files.walk(out)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(each -> each.getFileName().toString())
                    .toList();
            assertThat(names.stream().filter(each -> each.endsWith(".eml")))
                    .hasSize(ada.mailbox().inbox().messages().size());
            assertThat(names.stream().filter(each -> each.endsWith(".ics")))
                    .hasSize(ada.mailbox().calendar().events().size());
            assertThat(names.stream().filter(each -> each.endsWith(".vcf")))
                    .hasSize(ada.mailbox().contacts().contacts().size());
            assertThat(names.stream().filter(each -> each.startsWith("file ") || each.equals("large.bin")))
                    .hasSize((int) ada.drive().items().stream()
                            .filter(each -> each.kind() == GraphDriveItem.Kind.FILE)
                            .count());
        }
    }

    @Test
    void aFirstRunThatIsKilledAgainAndAgainFinishesAndIsWhole() throws Exception {
        fill();
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(BACKUP, 90);
        }

        JsonText report = completely(BACKUP);

        assertThat(report.text("outcome")).isEqualTo("complete");
        assertThat(report.number("items.removed")).isZero();
        assertSnapshotHoldsAll();
    }

    @Test
    void anIncrementalThatIsKilledAgainAndAgainReadsOnlyWhatChanged() throws Exception {
        fill();
        completely(BACKUP);
        ada.mailbox().inbox().messages().get(3).purge();
        ada.mailbox().calendar().events().get(3).purge();
        ada.drive().find("folder 0/file 3").orElseThrow().delete();
        for (int i = 0; i < 10; i++) {
            ada.mailbox().inbox().add(MessageDraft.of("News " + i).text("Text"));
            ada.drive().file("folder 0/file new " + i, noise(i, 2000));
        }
        long filesBefore = asked("drive.content");
        long photosBefore = asked("contact.photo");
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(BACKUP, 30);
        }

        completely(BACKUP);

        assertThat(asked("drive.content") - filesBefore).isBetween(10L, 10L * (KILLS + 1));
        assertThat(asked("contact.photo") - photosBefore).isZero();
        assertSnapshotHoldsAll();
    }

    @Test
    void whatWasStoredBeforeTheLastCheckpointIsNotFetchedAgain() throws Exception {
        int files = 110;
        for (int i = 0; i < files; i++) {
            ada.drive().file("file " + i, noise(i, 1 << 20));
        }
        Child.meet(cli, BACKUP, "progress/", Child::kill).expect(137);
        long before = asked("drive.content");

        JsonText report = completely(BACKUP);

        assertThat(report.text("outcome")).isEqualTo("complete");
        // A checkpoint is made when there are 64 MiB since the last one, each time.
        assertThat(asked("drive.content") - before).isLessThanOrEqualTo(files - 64L);
        assertThat(asked("drive.content")).isGreaterThanOrEqualTo(files);
        assertSnapshotHoldsAll();
    }

    @Test
    void aRestoreThatIsKilledAgainAndAgainPutsEverythingOnce() throws Exception {
        fill();
        completely(BACKUP);
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(RESTORE, 130);
        }

        completely(RESTORE);

        assertThat(held(bob)).containsExactlyInAnyOrderElementsOf(held(ada));
    }

    /** The hard moments: each range had its effect, and nobody was told. */
    @Test
    void aRestoreThatIsKilledWithinUploadsSendsEachRangeOnce() throws Exception {
        fill();
        completely(BACKUP);
        List<String> ranges = new CopyOnWriteArrayList<>();
        for (int length : new int[] {LARGE_ATTACHMENT, LARGE_FILE}) {
            for (int kill = 0; kill < 2; kill++) {
                try (Child child = Child.start(cli, RESTORE)) {
                    contoso.after(1, request -> isRange(request, length, ranges), child::killAtOnce);
                    child.await();
                }
            }
        }
        contoso.after(1, request -> isRange(request, 0, ranges), () -> {});

        completely(RESTORE);

        assertThat(held(bob)).containsExactlyInAnyOrderElementsOf(held(ada));
        assertThat(asked("attachment.createUploadSession")).isEqualTo(1);
        assertThat(asked("drive.upload.create")).isEqualTo(1);
        assertThat(ranges).doesNotHaveDuplicates().hasSize(3 + 3);
        try (Stream<Path> cached = Files.list(cli.path("cache"))) {
            assertThat(cached.map(each -> each.getFileName().toString()))
                    .as("hints of what is done")
                    .noneMatch(each -> each.startsWith("restore-"));
        }
    }

    private static boolean isRange(PeerRequest request, int length, List<String> ranges) {
        Optional<String> range = request.fields().first("content-range");
        range.ifPresent(ranges::add);
        return range.filter(each -> each.endsWith("/" + length)).isPresent();
    }
}
