// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session leaves on the store that has little to write, or much in one entry. */
class SmallSessionTest {
    private final MapConnector source = new MapConnector("papers");
    private final ObjectStore store = new InMemoryObjectStore();
    private final HoldfastRuntime runtime = Holdfast.runtime().build();
    private Repository repository;

    @BeforeEach
    void create() {
        repository = Repository.create(store, StoredWorld.key()).on(runtime);
        for (int i = 0; i < 12; i++) {
            source.put("note-" + i, "the text of note " + i);
        }
        backup();
    }

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private Snapshot backup() {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run()
                .snapshot()
                .orElseThrow();
    }

    /** Leases are written over and over and count for nothing. */
    private Set<String> objects() {
        Set<String> names = new TreeSet<>(GoldenRepository.objects(store).keySet());
        names.removeIf(name -> name.startsWith("leases/"));
        return names;
    }

    private Set<String> addedBy(Runnable session) {
        Set<String> before = objects();
        session.run();
        Set<String> added = objects();
        assertThat(added).containsAll(before);
        added.removeAll(before);
        return added;
    }

    @Test
    void aSessionWithOneChangeAddsOnePackAndOneRecord() {
        source.put("note-3", "another text of note 3");

        Set<String> added = addedBy(this::backup);

        assertThat(added).hasSize(2);
        assertThat(added).filteredOn(name -> name.startsWith("meta/")).hasSize(1);
        assertThat(added).filteredOn(name -> name.startsWith("snapshots/")).hasSize(1);
    }

    @Test
    void aMergeIsDueInFewSmallSessions() {
        long objects = 0;
        for (int i = 0; i < 30; i++) {
            source.put("note-3", "text number " + i + " of note 3");
            objects += addedBy(this::backup).stream()
                    .filter(name -> name.startsWith("runs/"))
                    .count();
        }

        assertThat(objects).isBetween(1L, 5L);
    }

    @Test
    void aSessionWithoutChangeAddsItsRecordAlone() {
        assertThat(addedBy(this::backup)).singleElement().asString().startsWith("snapshots/");
    }

    /** The longest key, of characters that take three bytes each, is four times as long as a block of a run is meant to be. */
    @Test
    void anItemWithTheLongestKeyIsStoredLikeAnyOther() {
        String key = "\u4e2d".repeat(ItemKey.MAX_LENGTH);
        source.put(key, "under a long key");

        Snapshot snapshot = backup();

        List<StoredItem> items = new ArrayList<>();
        repository.items(snapshot, MapConnector.NOTES, items::add);
        assertThat(items)
                .filteredOn(item -> item.entry().key().value().equals(key))
                .hasSize(1);
        assertThat(items).hasSize(13);
    }
}
