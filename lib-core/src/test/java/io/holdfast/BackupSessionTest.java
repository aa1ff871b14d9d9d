// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.SourceId;
import io.holdfast.repository.ItemDifference;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BackupSessionTest {
    private final MapConnector source = new MapConnector("papers");
    private final ObjectStore store = new InMemoryObjectStore();

    private static KeyProvider key() {
        byte[] raw = new byte[32];
        raw[0] = 7;
        return KeyProviders.raw(raw);
    }

    private BackupReport backup(Repository repository, HoldfastRuntime runtime) {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    private static Map<String, String> contents(Repository repository, Snapshot snapshot) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        List<StoredItem> items = new ArrayList<>();
        repository.items(snapshot, MapConnector.NOTES, items::add);
        for (StoredItem item : items) {
            try (InputStream in = repository.read(snapshot, item.entry().parts().get(0))) {
                contents.put(item.entry().name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            source.put("note-" + i, "the text of note " + i);
        }
    }

    @Test
    void whatWasBackedUpReadsBack() throws IOException {
        fill(35);
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository = Repository.create(store, key()).on(runtime)) {
            BackupReport report = backup(repository, runtime);

            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
            assertThat(report.items().stored()).isEqualTo(35);
            assertThat(contents(repository, report.snapshot().orElseThrow()))
                    .hasSize(35)
                    .containsEntry("note-7", "the text of note 7");
        }
    }

    @Test
    void aSecondSessionWithoutChangeStoresNothingAndHasTheSameDigest() {
        fill(35);
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository = Repository.create(store, key()).on(runtime)) {
            BackupReport first = backup(repository, runtime);
            source.fetched.clear();
            BackupReport second = backup(repository, runtime);

            assertThat(source.fetched).isEmpty();
            assertThat(second.items().unchanged()).isEqualTo(35);
            assertThat(second.items().stored()).isZero();
            assertThat(second.bytes().newStored()).isZero();
            assertThat(second.snapshot().orElseThrow().digest())
                    .isEqualTo(first.snapshot().orElseThrow().digest());
        }
    }

    @Test
    void aSessionWithoutChangeOnAnOpenRepositoryMakesAtMostThreeReadsAndOneWrite() {
        fill(35);
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository = Repository.create(store, key()).on(runtime)) {
            backup(repository, runtime);
            Map<String, Long> requests = backup(repository, runtime).requests().store();

            assertThat(requests.get("get") + requests.get("stat") + requests.get("list"))
                    .isLessThanOrEqualTo(3);
            assertThat(requests.get("put")).isEqualTo(1);
            assertThat(requests.get("delete")).isZero();
        }
    }

    @Test
    void theDigestDoesNotDependOnHistory() {
        fill(35);
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository = Repository.create(store, key()).on(runtime);
                Repository fresh =
                        Repository.create(new InMemoryObjectStore(), key()).on(runtime)) {
            backup(repository, runtime);
            source.put("note-3", "another text");
            source.notes.remove("note-4");
            source.put("note-new", "a new note");
            BackupReport second = backup(repository, runtime);
            BackupReport only = backup(fresh, runtime);

            assertThat(second.items().stored()).isEqualTo(2);
            assertThat(second.items().removed()).isEqualTo(1);
            assertThat(second.items().unchanged()).isEqualTo(33);
            assertThat(second.snapshot().orElseThrow().digest())
                    .isEqualTo(only.snapshot().orElseThrow().digest());
        }
    }

    @Test
    void anotherOpeningFindsAllSnapshotsAndWhatDiffersBetweenThem() throws IOException {
        fill(35);
        try (HoldfastRuntime runtime = Holdfast.runtime().build()) {
            try (Repository repository = Repository.create(store, key()).on(runtime)) {
                backup(repository, runtime);
                source.put("note-3", "another text");
                source.notes.remove("note-4");
                source.put("note-new", "a new note");
                backup(repository, runtime);
            }
            try (Repository repository = Repository.open(store, key()).on(runtime)) {
                SourceId papers = new SourceId("papers");
                List<Snapshot> snapshots = repository.snapshots(papers);
                List<String> differences = new ArrayList<>();
                repository.diff(snapshots.get(0), snapshots.get(1), d -> differences.add(describe(d)));

                assertThat(repository.sources()).containsExactly(papers);
                assertThat(snapshots).hasSize(2);
                assertThat(differences).containsExactlyInAnyOrder("CHANGED note-3", "REMOVED note-4", "ADDED note-new");
                assertThat(contents(repository, repository.snapshot(papers, OptionalLong.of(1))))
                        .containsEntry("note-4", "the text of note 4")
                        .doesNotContainKey("note-new");
                assertThat(contents(repository, repository.snapshot(papers, OptionalLong.empty())))
                        .containsEntry("note-3", "another text");
            }
        }
    }

    @Test
    void aSessionOpensTheRepositoryItselfWhereTheHostHandsOverItsParts() {
        fill(3);
        try (HoldfastRuntime runtime = Holdfast.runtime().build()) {
            Repository.create(store, key()).on(runtime).close();
            BackupReport report = BackupSession.builder()
                    .on(runtime)
                    .from(source)
                    .into(store)
                    .encryptedBy(Encryptor.aes256Gcm(), key())
                    .build()
                    .run();

            assertThat(report.items().stored()).isEqualTo(3);
        }
    }

    private static String describe(ItemDifference difference) {
        return difference.change() + " " + difference.key();
    }
}
