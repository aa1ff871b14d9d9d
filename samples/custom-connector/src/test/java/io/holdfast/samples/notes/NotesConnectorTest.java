// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreDestination;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.SourceException;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.store.InMemoryObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector through whole sessions: what a host sees of it. */
final class NotesConnectorTest {
    private static final String TIME = "2026-01-02T03:04:05Z";

    @TempDir
    Path folder;

    private HoldfastRuntime runtime;
    private Repository repository;
    private Path journal;

    @BeforeEach
    void writeThreeNotesInTwoBooks() throws IOException {
        runtime = Holdfast.runtime().build();
        repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
                .on(runtime);
        journal = folder.resolve("notes.jsonl");
        append("{'journal':'one'}", "{'book':'work','name':'Work'}", "{'book':'home','name':'Home'}");
        append(note("plan", "work", "The plan"), note("list", "home", "Milk, bread"), note("idea", "work", "None"));
    }

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    @Test
    void theSecondSessionReadsOnlyWhatWasAppended() throws IOException {
        assertThat(backup().items().stored()).isEqualTo(5);

        append(note("plan", "work", "Another plan"), note("new", "home", "Eggs"), "{'gone':'idea'}");
        BackupReport second = backup();

        assertThat(second.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(second.items().discovered()).isEqualTo(3);
        assertThat(second.items().stored()).isEqualTo(2);
        assertThat(second.items().removed()).isEqualTo(1);
        assertThat(restoreToFolder())
                .containsExactly("Home/list.txt=Milk, bread", "Home/new.txt=Eggs", "Work/plan.txt=Another plan");
    }

    @Test
    void withoutChangeNothingIsStoredAndTheDigestIsTheSame() {
        BackupReport first = backup();
        BackupReport second = backup();

        assertThat(second.items().discovered()).isZero();
        assertThat(second.bytes().newPlain()).isZero();
        assertThat(second.snapshot().orElseThrow().digest())
                .isEqualTo(first.snapshot().orElseThrow().digest());
    }

    @Test
    void aNoteMovedToAnotherBookIsNotReadAgain() throws IOException {
        backup();

        append(note("list", "work", "Milk, bread"));
        BackupReport second = backup();

        assertThat(second.items().stored()).isEqualTo(1);
        assertThat(second.bytes().read()).isZero();
        assertThat(restoreToFolder()).contains("Work/list.txt=Milk, bread").doesNotContain("Home/list.txt=Milk, bread");
    }

    @Test
    void aJournalWrittenAnewIsReadFromItsStartAndWhatItLacksIsRemoved() throws IOException {
        backup();

        Files.delete(journal);
        append("{'journal':'two'}", "{'book':'work','name':'Work'}", "{'book':'home','name':'Home'}");
        append(note("idea", "work", "None"), note("plan", "work", "The plan"));
        BackupReport second = backup();

        assertThat(second.items().unchanged()).isEqualTo(4);
        assertThat(second.items().removed()).isEqualTo(1);
        assertThat(second.bytes().read()).isZero();
        assertThat(restoreToFolder()).containsExactly("Work/idea.txt=None", "Work/plan.txt=The plan");
    }

    @Test
    void aLineThatIsNotYetEndedWaitsForTheNextSession() throws IOException {
        Files.writeString(journal, "{\"note\":\"late\",\"book\":\"home\",", StandardOpenOption.APPEND);
        assertThat(backup().items().stored()).isEqualTo(5);

        append("'title':'late.txt','changed':'" + TIME + "','text':'There'}");

        assertThat(backup().items().stored()).isEqualTo(1);
        assertThat(restoreToFolder()).contains("Home/late.txt=There");
    }

    @Test
    void oneBadNoteStopsNothingAndIsTriedAgainUntilItIsMended() throws IOException {
        append("{'note':'odd','book':'home','title':'odd.txt'}", "this is no JSON", note("after", "home", "Here"));

        BackupReport first = backup();

        assertThat(first.outcome()).isEqualTo(BackupReport.Outcome.PARTIAL);
        assertThat(first.items().failed()).isEqualTo(1);
        assertThat(first.items().skipped()).isEqualTo(1);
        assertThat(first.failures()).anySatisfy(f -> assertThat(f.toString()).contains("note/odd", "incomplete-note"));
        assertThat(restoreToFolder()).contains("Home/after.txt=Here");

        append(note("odd", "home", "Mended"));

        assertThat(backup().outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(restoreToFolder()).contains("Home/odd.txt=Mended");
    }

    @Test
    void aRestoreIntoAnotherJournalCreatesEachNoteOnce() throws IOException {
        backup();
        Path other = folder.resolve("other.jsonl");
        Files.writeString(
                other,
                "{\"journal\":\"x\"}\n{\"note\":\"plan\",\"book\":\"work\",\"title\":\"plan.txt\",\"changed\":\"" + TIME
                        + "\",\"text\":\"Theirs\"}\n");
        RestoreDestination there = RestoreTargets.source(connector("other", other));

        RestoreReport first = restore(there, Conflict.SKIP);
        RestoreReport again = restore(there, Conflict.SKIP);
        RestoreReport beside = restore(there, Conflict.KEEP_BOTH);

        assertThat(List.of(first.restored(), first.skipped(), first.failed())).containsExactly(2L, 1L, 0L);
        assertThat(List.of(again.restored(), again.alreadyThere(), again.skipped()))
                .containsExactly(0L, 2L, 1L);
        assertThat(beside.restored()).isEqualTo(1);
        assertThat(Files.readAllLines(other))
                .filteredOn(line -> line.contains("\"text\""))
                .hasSize(4);
        repository.close();
        repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
                .on(runtime);
        journal = other;
        backup();
        assertThat(restoreToFolder())
                .contains("Home/list.txt=Milk, bread", "Work/idea.txt=None")
                .hasSize(4);
    }

    @Test
    void aMissingJournalIsOneClearError() {
        assertThatThrownBy(() -> backup(connector("papers", folder.resolve("nowhere"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("nowhere")
                .hasToString("SOURCE-003: source 'papers': there is no journal '" + folder.resolve("nowhere")
                        + "'. Correct the path of the journal, or start the application that writes it");
    }

    private static NotesConnector connector(String name, Path file) {
        return new NotesConnector(new SourceId(name), new TenantId("local"), file);
    }

    private BackupReport backup() {
        return backup(connector("notes", journal));
    }

    private BackupReport backup(NotesConnector source) {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    private RestoreReport restore(RestoreDestination where, Conflict conflict) {
        return RestoreSession.builder()
                .on(runtime)
                .from(repository)
                .snapshot(repository.latest(new SourceId("notes")).orElseThrow())
                .to(where)
                .onConflict(conflict)
                .build()
                .run();
    }

    /** Paths below the resource's folder, and texts. */
    private List<String> restoreToFolder() throws IOException {
        Path out = Files.createTempDirectory(folder, "out");
        assertThat(restore(RestoreTargets.directory(out), Conflict.SKIP).failed())
                .isZero();
        try (var tree = Files.walk(out)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> out.resolve("local/notes").relativize(file) + "=" + read(file))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String note(String id, String book, String text) {
        return "{'note':'" + id + "','book':'" + book + "','title':'" + id + ".txt','changed':'" + TIME + "','text':'"
                + text + "'}";
    }

    private void append(String... lines) throws IOException {
        String text = (String.join("\n", lines) + "\n").replace('\'', '"');
        Files.writeString(journal, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
