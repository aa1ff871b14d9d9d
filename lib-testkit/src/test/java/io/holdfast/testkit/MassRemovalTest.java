// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ByteSize;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Lookup;
import io.holdfast.source.Resource;
import io.holdfast.source.SourceItem;
import io.holdfast.store.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A purge of a mailbox tells of more removals than memory should hold until all feeds are read. */
final class MassRemovalTest {
    private static final int NOTES = 9_000;

    private final HoldfastRuntime runtime = Holdfast.runtime()
            .time(SimTime.create())
            .memory(ByteSize.mebibytes(25))
            .parallelism(1)
            .build();
    private final Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
            .on(runtime);
    private final InMemorySource notes =
            InMemorySource.create("notes").telling(Feed.Kind.INCREMENTAL).inPagesOf(500);
    private final ResourceId ana = notes.addResource("notes:ana", "ana");
    private final ItemKey inbox = notes.addFolder(ana, "inbox");
    private final ItemKey archive = notes.addFolder(ana, "archive");
    private final List<String> calls = new ArrayList<>();

    MassRemovalTest() {
        for (int i = 0; i < NOTES; i++) {
            notes.add(ana, inbox, "note-" + i, ("text " + i).getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private BackupReport backUp() {
        return BackupSession.builder()
                .on(runtime)
                .from(ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
                    @Override
                    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
                        calls.add("page");
                        return super.changes(resource, feed, from);
                    }

                    @Override
                    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
                        calls.add("lookup");
                        return super.lookup(resource, items);
                    }
                }))
                .into(repository)
                .build()
                .run();
    }

    private List<SourceItem> notesOfInbox() {
        return notes.items(ana).stream()
                .filter(item -> item.containers().contains(inbox))
                .toList();
    }

    @Test
    void asksAboutAPurgeBeforeItHasReadAllOfIt() {
        backUp();
        notesOfInbox().forEach(note -> notes.delete(ana, note.key()));
        calls.clear();

        BackupReport report = backUp();

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(report.items().removed()).isEqualTo(NOTES);
        assertThat(calls.indexOf("lookup")).isLessThan(calls.lastIndexOf("page"));
        assertThat(backUp().items().removed()).isZero();
    }

    @Test
    void keepsEverythingThatWasMovedAwayTogether() {
        backUp();
        notesOfInbox().forEach(note -> notes.move(ana, note.key(), archive));
        long read = notes.contentReads();

        BackupReport report = backUp();

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(report.items().removed()).isZero();
        assertThat(notes.contentReads()).as("what moved is not read again").isEqualTo(read);
        assertThat(backUp().items().stored()).isZero();
    }

    @Test
    void asksAboutFewRemovalsOnlyWhenAllFeedsAreRead() {
        backUp();
        notesOfInbox().subList(0, 600).forEach(note -> notes.delete(ana, note.key()));
        calls.clear();

        BackupReport report = backUp();

        assertThat(report.items().removed()).isEqualTo(600);
        assertThat(calls.indexOf("lookup")).isGreaterThan(calls.lastIndexOf("page"));
    }
}
