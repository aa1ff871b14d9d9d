// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.internal.commit.RepositoryOpening;
import io.holdfast.internal.commit.RepositorySite;
import io.holdfast.internal.commit.UnlockedRepository;
import io.holdfast.internal.commit.Witness;
import io.holdfast.internal.pack.BlobIndexMerger;
import io.holdfast.internal.pack.BlobScope;
import io.holdfast.internal.pack.IndexRunFiles;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The process dies at store call k of whatever merges runs, for all k, whether that call takes effect or not: the repository is whole at once,
 * the next session finishes, and what is merged then is what would have been merged.
 */
class MergeCrashTest {
    private static final int NOTES = 12;
    private static final int MOST_SESSIONS = 100;
    private static final int MANY = 10_000;

    private final SimulatedProcess process = new SimulatedProcess(1);
    private final MapConnector source = new MapConnector("papers");
    private int version;

    private static KeyProvider key() {
        return KeyProviders.raw(new byte[32]);
    }

    private ObjectStore created() {
        ObjectStore store = new InMemoryObjectStore();
        try (HoldfastRuntime runtime = process.runtime()) {
            Repository.create(store, key()).on(runtime).close();
        }
        return store;
    }

    private ObjectStore filled() {
        for (int i = 0; i < NOTES; i++) {
            source.put("note-" + i, "the text of note " + i);
        }
        ObjectStore store = created();
        backup(store);
        return store;
    }

    private void change() {
        version++;
        source.put("note-" + version % NOTES, "text number " + version);
        source.put("new-" + version, "a new note " + version);
        source.notes.remove("new-" + (version - 3));
    }

    private BackupReport backup(ObjectStore store) {
        try (HoldfastRuntime runtime = process.runtime();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            return BackupSession.builder()
                    .on(runtime)
                    .from(source)
                    .into(repository)
                    .build()
                    .run();
        }
    }

    private void rebuildIndex(ObjectStore store) {
        try (HoldfastRuntime runtime = process.runtime();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            repository.rebuildIndex();
        }
    }

    private void mergeIndex(ObjectStore store) {
        try (HoldfastRuntime runtime = process.runtime();
                UnlockedRepository repository = new RepositoryOpening(
                                new RepositorySite(store, runtime, Encryptor.aes256Gcm(), Witness.none()))
                        .open(key());
                BlobScope scope = new BlobScope(
                        store,
                        repository.keys(),
                        repository.ring(),
                        repository.keys().scopeName(source.tenant().value()))) {
            new BlobIndexMerger(scope, new IndexRunFiles(store, Optional.empty())).merge(pack -> false);
        }
    }

    private boolean isSound(ObjectStore store) {
        try (HoldfastRuntime runtime = process.runtime();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            return repository.verify(VerifyRequest.of(VerifyLevel.CONTENT)).sound();
        }
    }

    private static long count(ObjectStore store, String prefix) {
        return GoldenRepository.objects(store).keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .count();
    }

    private static ObjectStore copy(ObjectStore store) {
        ObjectStore copy = new InMemoryObjectStore();
        GoldenRepository.objects(store)
                .forEach(
                        (name, bytes) -> copy.put(new ObjectName(name), ObjectBody.of(bytes), PutOptions.createOnly()));
        return copy;
    }

    /** Changes and backs up until a session writes an object of some kind, and gives the state before that session. */
    private ObjectStore beforeASessionThatWrites(String prefix, ObjectStore store) {
        for (int i = 0; i < MOST_SESSIONS; i++) {
            ObjectStore before = copy(store);
            change();
            backup(store);
            if (count(store, prefix) > count(before, prefix)) {
                return before;
            }
        }
        throw new AssertionError("no session wrote an object under " + prefix);
    }

    /** Says whether the process died before the work was over. */
    private static boolean dies(Consumer<ObjectStore> work, ObjectStore store, int call, boolean takesEffect) {
        DyingStore dying = new DyingStore(store, call, takesEffect);
        try {
            work.accept(dying);
            return dying.isDead();
        } catch (DyingStore.Death death) {
            return true;
        }
    }

    private int dieEverywhere(ObjectStore base, Consumer<ObjectStore> work, Consumer<ObjectStore> after) {
        ManifestDigest wanted = backup(created()).snapshot().orElseThrow().digest();
        int call = 0;
        for (boolean takesEffect : new boolean[] {false, true}) {
            boolean died = true;
            for (call = 0; died && call < MANY; call++) {
                ObjectStore store = copy(base);
                died = dies(work, store, call, takesEffect);
                process.pass(Duration.ofMinutes(2));
                // Reading everything twice for each call takes long: half of it before the next session, half behind
                // it.
                assertThat(takesEffect || isSound(store))
                        .as("died at call %s", call)
                        .isTrue();

                BackupReport report = backup(store);
                assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
                assertThat(report.snapshot().orElseThrow().digest())
                        .as("died at call %s", call)
                        .isEqualTo(wanted);
                after.accept(store);
                assertThat(!takesEffect || isSound(store))
                        .as("mended after call %s", call)
                        .isTrue();
                assertThat(backup(store).bytes().newStored()).isZero();
            }
        }
        assertThat(call).isBetween(10, MANY - 1);
        return call;
    }

    @Test
    void aSessionThatMergesItsManifestDiesAnywhereAndTheNextOneMerges() {
        ObjectStore base = beforeASessionThatWrites("runs/", filled());
        long runs = count(base, "runs/");

        dieEverywhere(
                base, this::backup, store -> assertThat(count(store, "runs/")).isGreaterThan(runs));
    }

    @Test
    void aSessionThatWritesItsIndexDiesAnywhereAndTheNextOneWritesIt() {
        ObjectStore base = beforeASessionThatWrites("index/", filled());

        dieEverywhere(
                base, this::backup, store -> assertThat(count(store, "index/")).isPositive());
    }

    /** A repository with two runs of the index. */
    private ObjectStore indexed() {
        ObjectStore store = filled();
        beforeASessionThatWrites("index/", store);
        beforeASessionThatWrites("index/", store);
        return store;
    }

    @Test
    void aMergeOfTheIndexDiesAnywhereAndCanBeDoneAgain() {
        ObjectStore base = indexed();
        long heads = count(base, "index/heads/");

        dieEverywhere(base, this::mergeIndex, store -> {
            assertNothingIsStoredTwice(store);
            mergeIndex(store);
            assertThat(count(store, "index/heads/")).isGreaterThan(heads);
            assertNothingIsStoredTwice(store);
        });
    }

    @Test
    void aRebuildOfTheIndexDiesAnywhereAndCanBeDoneAgain() {
        dieEverywhere(indexed(), this::rebuildIndex, store -> {
            assertNothingIsStoredTwice(store);
            rebuildIndex(store);
            assertNothingIsStoredTwice(store);
        });
    }

    /** What an old session stored is found through the index, whatever became of it. */
    private void assertNothingIsStoredTwice(ObjectStore store) {
        source.put("copy", "text number 2");
        BackupReport report = backup(store);
        source.notes.remove("copy");

        assertThat(report.items().stored()).isEqualTo(1);
        assertThat(report.bytes().newPlain()).isZero();
        assertThat(backup(store).items().removed()).isEqualTo(1);
    }
}
