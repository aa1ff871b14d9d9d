// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Feed;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import io.holdfast.store.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the source in memory gives to sessions of the engine. */
final class InMemorySourceTest {
    private final HoldfastRuntime runtime = Holdfast.runtime().build();
    private final Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
            .on(runtime);

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private BackupReport backUp(InMemorySource source) {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ItemKey fill(InMemorySource source, ResourceId notes) {
        ItemKey folder = source.addFolder(notes, "inbox");
        for (int i = 0; i < 25; i++) {
            source.add(notes, folder, "note-" + i, text("the text of note " + i));
        }
        return folder;
    }

    @Test
    void isReadOnceAndThenOnlyForWhatChanged() {
        for (Feed.Kind kind : new Feed.Kind[] {Feed.Kind.INCREMENTAL, Feed.Kind.ENUMERATION}) {
            InMemorySource source = InMemorySource.create("notes-" + kind).telling(kind);
            ResourceId notes = source.addResource("notes:ana", "ana");
            ItemKey folder = fill(source, notes);

            assertThat(backUp(source).items().stored()).as("first %s", kind).isEqualTo(26);
            long reads = source.contentReads();
            BackupReport again = backUp(source);
            assertThat(again.items().stored()).isZero();
            assertThat(again.items().removed()).isZero();
            assertThat(source.contentReads()).isEqualTo(reads);

            source.add(notes, folder, "late", text("one more"));
            source.delete(notes, source.items(notes).get(3).key());
            BackupReport changed = backUp(source);
            assertThat(changed.items().stored()).as("changed %s", kind).isEqualTo(1);
            assertThat(changed.items().removed()).isEqualTo(1);
            assertThat(source.contentReads()).isEqualTo(reads + 1);
        }
    }

    @Test
    void keepsTheContentOfANoteThatMovesToAnotherFeedAndBack() {
        InMemorySource source = InMemorySource.create("notes");
        ResourceId notes = source.addResource("notes:ana", "ana");
        ItemKey inbox = fill(source, notes);
        ItemKey archive = source.addFolder(notes, "archive");
        ItemKey note = source.items(notes).get(5).key();
        backUp(source);
        long reads = source.contentReads();

        source.move(notes, note, archive);
        BackupReport moved = backUp(source);
        source.move(notes, note, inbox);
        source.move(notes, note, archive);
        source.move(notes, note, inbox);
        BackupReport back = backUp(source);

        assertThat(moved.items().removed() + back.items().removed()).isZero();
        assertThat(moved.items().stored()).isEqualTo(1);
        assertThat(back.items().stored()).isEqualTo(1);
        assertThat(source.contentReads()).isEqualTo(reads);
    }

    @Test
    void survivesExpiredCursorsWithoutAFetch() {
        InMemorySource source = InMemorySource.create("notes");
        ResourceId notes = source.addResource("notes:ana", "ana");
        fill(source, notes);
        backUp(source);
        long reads = source.contentReads();

        source.expireCursors(notes);
        BackupReport report = backUp(source);

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(report.items().removed()).isZero();
        assertThat(source.contentReads()).isEqualTo(reads);
    }

    @Test
    void refusesANoteAndHealsIt() {
        InMemorySource source = InMemorySource.create("notes");
        ResourceId notes = source.addResource("notes:ana", "ana");
        fill(source, notes);
        ItemKey note = source.items(notes).get(5).key();
        source.refuse(notes, note, new Trouble("malware", "", true));

        assertThat(backUp(source).items().skipped()).isEqualTo(1);

        source.heal(notes, note);
        source.change(notes, note, text("clean"));
        assertThat(backUp(source).items().stored()).isEqualTo(1);
    }

    @Test
    void takesItsNotesBackAndOnlyOnce() {
        InMemorySource source = InMemorySource.create("notes").buffering();
        ResourceId notes = source.addResource("notes:ana", "ana");
        ItemKey folder = fill(source, notes);
        BackupReport backup = backUp(source);
        source.delete(notes, folder);

        assertThat(restore(source, backup).restored()).isEqualTo(25);
        RestoreReport again = restore(source, backup);

        assertThat(again.restored()).isZero();
        assertThat(again.alreadyThere()).isEqualTo(25);
        SourceItem first = source.items(notes).stream()
                .filter(item -> item.name().equals("note-0"))
                .findFirst()
                .orElseThrow();
        assertThat(source.content(notes, first.key(), "content")).hasValue(text("the text of note 0"));
    }

    @Test
    void takesItemsOfAnotherSourceThatHasTheSameIdentifiers() {
        InMemorySource source = InMemorySource.create("notes");
        ResourceId notes = source.addResource("notes:ana", "ana");
        source.delete(notes, source.addFolder(notes, "gone"));
        fill(source, notes);
        BackupReport backup = backUp(source);
        InMemorySource other = InMemorySource.create("other");
        other.addResource("notes:ana", "ana");

        RestoreReport restored = restore(other, backup);

        assertThat(restored.skipped()).isZero();
        assertThat(other.items(notes)).hasSameSizeAs(source.items(notes));
    }

    private RestoreReport restore(InMemorySource source, BackupReport backup) {
        return RestoreSession.builder()
                .on(runtime)
                .from(repository)
                .snapshot(backup.snapshot().orElseThrow())
                .to(RestoreTargets.source(source))
                .build()
                .run();
    }

    @Test
    void saysWhatItDoesNotHave() {
        InMemorySource source = InMemorySource.create("notes");
        ResourceId notes = source.addResource("notes:ana", "ana");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.delete(notes, new ItemKey("000009")))
                .withMessageContaining("000009");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.addFolder(new ResourceId("notes:bob"), "inbox"))
                .withMessageContaining("notes:bob");
        assertThatIllegalArgumentException().isThrownBy(() -> source.addResource("notes:ana", "ana"));
        assertThatIllegalArgumentException().isThrownBy(() -> source.telling(Feed.Kind.WATERMARK));
        assertThatIllegalArgumentException().isThrownBy(() -> source.inPagesOf(0));
    }
}
