// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies at every call to the store, one after another: what comes after must be as if nothing had happened (I1, I2, I3). */
class SessionCrashTest {
    private static final int MANY = 100_000;

    private final SimulatedProcess process = new SimulatedProcess(1);
    private final MapConnector source = new MapConnector("papers");

    private static KeyProvider key() {
        return KeyProviders.raw(new byte[32]);
    }

    private void firstState() {
        for (int i = 0; i < 25; i++) {
            source.put("note-" + i, "the text of note " + i);
        }
    }

    private void secondState() {
        source.put("note-3", "another text");
        source.notes.remove("note-4");
        source.put("note-new", "a new note");
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

    private ObjectStore repository() {
        ObjectStore store = new InMemoryObjectStore();
        try (HoldfastRuntime runtime = process.runtime()) {
            Repository.create(store, key()).on(runtime).close();
        }
        return store;
    }

    /** Says whether the process died before the session was over. */
    private boolean dies(ObjectStore store, int call, boolean takesEffect) {
        DyingStore dying = new DyingStore(store, call, takesEffect);
        try {
            backup(dying);
            return dying.isDead();
        } catch (DyingStore.Death death) {
            return true;
        }
    }

    private ManifestDigest expected() {
        return backup(repository()).snapshot().orElseThrow().digest();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFirstSessionThatDiesAtAnyCallIsFinishedByTheNext(boolean takesEffect) throws IOException {
        firstState();
        ManifestDigest wanted = expected();
        int call = 0;
        boolean died = true;
        for (; died && call < MANY; call++) {
            ObjectStore store = repository();
            died = dies(store, call, takesEffect);
            process.pass(Duration.ofMinutes(2));
            BackupReport report = backup(store);

            assertThat(report.snapshot().orElseThrow().digest())
                    .as("died at call %s", call)
                    .isEqualTo(wanted);
            assertThat(report.items().removed()).isZero();
            assertThat(contents(store)).isEqualTo(texts());
        }
        assertThat(call).isBetween(10, MANY - 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIncrementalSessionThatDiesAtAnyCallIsFinishedByTheNext(boolean takesEffect) throws IOException {
        firstState();
        secondState();
        ManifestDigest wanted = expected();
        int call = 0;
        boolean died = true;
        for (; died && call < MANY; call++) {
            source.notes.clear();
            firstState();
            ObjectStore store = repository();
            backup(store);
            secondState();
            died = dies(store, call, takesEffect);
            process.pass(Duration.ofMinutes(2));
            BackupReport report = backup(store);

            assertThat(report.snapshot().orElseThrow().digest())
                    .as("died at call %s", call)
                    .isEqualTo(wanted);
            assertThat(contents(store)).isEqualTo(texts());
        }
        assertThat(call).isBetween(10, MANY - 1);
    }

    @Test
    void aSessionOverAnUnchangedSourceThatDiesRemovesNothing() {
        firstState();
        int call = 0;
        boolean died = true;
        for (; died && call < MANY; call++) {
            ObjectStore store = repository();
            backup(store);
            died = dies(store, call, false);
            process.pass(Duration.ofMinutes(2));
            BackupReport report = backup(store);

            assertThat(report.items().removed()).as("died at call %s", call).isZero();
            assertThat(report.items().stored()).isZero();
            assertThat(report.items().unchanged()).isEqualTo(25);
        }
        assertThat(call).isGreaterThan(5);
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        source.notes.forEach((name, text) -> texts.put(name, new String(text, StandardCharsets.UTF_8)));
        return texts;
    }

    private Map<String, String> contents(ObjectStore store) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (HoldfastRuntime runtime = process.runtime();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            Snapshot snapshot = repository.snapshot(new SourceId("papers"), OptionalLong.empty());
            List<StoredItem> items = new ArrayList<>();
            repository.items(snapshot, MapConnector.NOTES, items::add);
            for (StoredItem item : items) {
                try (InputStream in =
                        repository.read(snapshot, item.entry().parts().get(0))) {
                    contents.put(item.entry().name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return contents;
    }
}
