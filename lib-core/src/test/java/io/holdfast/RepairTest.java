// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.repository.RepairReport;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Part;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTest {
    private final HoldfastRuntime runtime = new SimulatedProcess(9).runtime();
    private final ObjectStore store = new InMemoryObjectStore();
    private final MapConnector papers = new MapConnector("papers");

    RepairTest() {
        for (int i = 0; i < 30; i++) {
            papers.put("note-" + i, StoredWorld.noise(i, 700));
        }
        Repository.create(store, StoredWorld.key()).on(runtime).close();
        backup(papers);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private Repository open() {
        return Repository.open(store, StoredWorld.key()).on(runtime);
    }

    private BackupReport backup(MapConnector source) {
        try (Repository repository = open()) {
            return BackupSession.builder()
                    .on(runtime)
                    .from(source)
                    .into(repository)
                    .build()
                    .run();
        }
    }

    private VerifyReport verify(Repository repository) {
        return repository.verify(VerifyRequest.of(VerifyLevel.CONTENT));
    }

    private String onlyPack() {
        return StoredWorld.read(store).keySet().stream()
                .filter(name -> name.startsWith("meta/") || name.startsWith("data/"))
                .findFirst()
                .orElseThrow();
    }

    private void spoil(String object, int place) {
        TreeMap<String, byte[]> before = StoredWorld.read(store);
        TreeMap<String, byte[]> after = new TreeMap<>(before);
        byte[] bytes = before.get(object).clone();
        bytes[place] ^= 4;
        after.put(object, bytes);
        StoredWorld.change(store, before, after);
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        papers.notes.forEach((name, text) -> texts.put(name, new String(text, StandardCharsets.UTF_8)));
        return texts;
    }

    private Map<String, String> newest(Repository repository) {
        Snapshot snapshot = repository.latest(papers.id()).orElseThrow();
        Map<String, String> texts = new TreeMap<>();
        repository.items(snapshot, MapConnector.NOTES, item -> {
            try (InputStream in = repository.read(snapshot, item.entry().parts().get(0))) {
                texts.put(item.entry().name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return texts;
    }

    @Test
    void theNextSessionFetchesDamagedItemsAgainAndReliesOnNoDamagedPack() {
        spoil(onlyPack(), 200);
        papers.fetched.clear();
        long damaged;
        try (Repository repository = open()) {
            VerifyReport found = verify(repository);
            damaged = found.damages().get(0).items().size();
            RepairReport repaired = repository.repair(found);

            assertThat(damaged).isBetween(1L, 30L);
            assertThat(repaired.packs()).isEqualTo(1);
            assertThat(repaired.items()).isEqualTo(damaged);
            assertThat(repository.latest(papers.id()).orElseThrow().complete()).isFalse();
        }
        BackupReport next = backup(papers);

        assertThat(next.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(next.items().openFailures()).isZero();
        assertThat(papers.fetched).hasSize((int) damaged);
        try (Repository repository = open()) {
            assertThat(newest(repository)).isEqualTo(texts());
            assertThat(verify(repository).damages())
                    .allSatisfy(damage -> assertThat(damage.items())
                            .extracting(DamagedItem::snapshot)
                            .allMatch(number -> number < 3));
            assertThat(repository.repair(verify(repository)).items()).isZero();
        }
    }

    @Test
    void aMissingPackIsFetchedAgainWhole() {
        store.delete(new ObjectName(onlyPack()));
        try (Repository repository = open()) {
            RepairReport repaired = repository.repair(verify(repository));

            assertThat(repaired.items() + repaired.resources()).isPositive();
        }
        assertThat(backup(papers).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        try (Repository repository = open()) {
            assertThat(newest(repository)).isEqualTo(texts());
        }
    }

    @Test
    void anIndexThatIsGoneWholeIsBuiltFromPacksAlone() {
        try (Repository repository = open()) {
            repository.rebuildIndex();
        }
        StoredWorld.read(store).keySet().stream()
                .filter(name -> name.startsWith("index/"))
                .forEach(name -> store.delete(new ObjectName(name)));
        long blobs;
        try (Repository repository = open()) {
            blobs = repository.rebuildIndex();

            assertThat(blobs).isGreaterThanOrEqualTo(30);
            assertThat(verify(repository).damages()).isEmpty();
        }
        MapConnector same = new MapConnector("same");
        same.notes.putAll(papers.notes);
        backup(same);
        try (Repository repository = open()) {
            assertThat(repository.stats().blobs()).isEqualTo(blobs);
        }
    }

    @Test
    void theIndexIsBuiltWithoutAPackThatIsCutOff() {
        papers.put("late", StoredWorld.noise(99, 900));
        String first = onlyPack();
        backup(papers);
        TreeMap<String, byte[]> before = StoredWorld.read(store);
        TreeMap<String, byte[]> after = new TreeMap<>(before);
        after.put(first, Arrays.copyOf(before.get(first), 3000));
        StoredWorld.change(store, before, after);
        try (Repository repository = open()) {
            assertThat(repository.rebuildIndex()).isBetween(1L, 29L);
            assertThat(verify(repository).sound()).isFalse();
        }
    }

    @Test
    void aSampleOfWhatOthersWroteIsOpenedBeforeItIsReliedOn() {
        MapConnector many = new MapConnector("many");
        for (int i = 0; i < 600; i++) {
            many.put("note-" + i, StoredWorld.noise(1000 + i, 60));
        }
        backup(many);
        long blobs;
        try (Repository repository = open()) {
            repository.rebuildIndex();
            blobs = repository.stats().blobs();
        }
        StoredWorld.read(store).forEach((name, bytes) -> {
            if (name.startsWith("meta/")) {
                spoil(name, 200);
            }
        });
        MapConnector trusting = new MapConnector("trusting");
        trusting.notes.putAll(many.notes);
        backup(trusting);
        try (Repository repository = open()) {
            assertThat(repository.stats().blobs()).isBetween(blobs + 1, blobs + 60);
        }
    }

    @Test
    void aRestoreFailsWhatIsDamagedAndRestoresTheRest(@TempDir Path folder) {
        papers.put(
                StoredWorld.FILES,
                "other",
                new MapConnector.Piece("content", Part.Form.FILE, "another resource".getBytes(StandardCharsets.UTF_8)));
        String first = onlyPack();
        backup(papers);
        spoil(first, 200);
        try (Repository repository = open()) {
            RestoreReport report = RestoreSession.builder()
                    .on(runtime)
                    .from(repository)
                    .snapshot(repository.latest(papers.id()).orElseThrow())
                    .to(RestoreTargets.directory(folder))
                    .build()
                    .run();

            assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.PARTIAL);
            assertThat(report.restored() + report.failed()).isEqualTo(31);
            assertThat(report.restored()).isPositive();
            assertThat(report.failures())
                    .allSatisfy(item -> assertThat(item.trouble().orElseThrow()).startsWith("REPO-011"));
        }
    }
}
