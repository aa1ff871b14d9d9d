// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ByteRange;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCapabilities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sessions on a store that cannot create only if absent, such as an SMB share: records are told apart by the fork rule. */
class ForkingStoreTest {
    private final MapConnector source = new MapConnector("papers");
    private final ObjectStore store = new InMemoryObjectStore(StoreCapabilities.basic(), TimeSource.system());

    private Snapshot backup(Repository repository, HoldfastRuntime runtime) {
        BackupReport report = BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        return report.snapshot().orElseThrow();
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

    private static String lease(ObjectStore store) throws IOException {
        StringBuilder all = new StringBuilder();
        try (ObjectListing listing = store.list("leases/")) {
            while (listing.hasNext()) {
                ObjectName name = listing.next().name();
                try (InputStream in = store.get(name, ByteRange.all())) {
                    all.append(name).append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all.toString();
    }

    @Test
    void verifiesWithoutAKeyAsWell() {
        try (HoldfastRuntime runtime = new SimulatedProcess(1).runtime();
                Repository repository =
                        Repository.create(store, StoredWorld.key()).on(runtime)) {
            source.put("a", "text");
            backup(repository, runtime);

            assertThat(Repository.verifyKeyless(store, runtime, Optional.empty())
                            .damages())
                    .isEmpty();
        }
    }

    @Test
    void changesAreBackedUpAndMergedAndReadBack() throws IOException {
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository =
                        Repository.create(store, StoredWorld.key()).on(runtime)) {
            for (int session = 0; session < 4; session++) {
                for (int i = 0; i < 12; i++) {
                    source.put("note-" + session + "-" + i, "note " + i + " of session " + session);
                }
                Snapshot snapshot = backup(repository, runtime);
                assertThat(contents(repository, snapshot))
                        .hasSize(12 * (session + 1))
                        .containsEntry("note-0-3", "note 3 of session 0");
            }
        }
    }

    @Test
    void theIndexIsBuiltAnewFromPacks() throws IOException {
        for (int i = 0; i < 12; i++) {
            source.put("note-" + i, "the text of note " + i);
        }
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository =
                        Repository.create(store, StoredWorld.key()).on(runtime)) {
            Snapshot snapshot = backup(repository, runtime);

            assertThat(repository.rebuildIndex()).isEqualTo(12);
            assertThat(contents(repository, snapshot)).hasSize(12);
        }
    }

    /** Two creates of one number both succeed there, so that the create of a session without a lease would fence nobody. */
    @Test
    void aSessionWithoutChangeTakesTheLeaseWhereItsCreateIsNoFence() throws IOException {
        source.put("note", "a note");
        for (ObjectStore each : List.of(store, new InMemoryObjectStore())) {
            try (HoldfastRuntime runtime = Holdfast.runtime().build();
                    Repository repository =
                            Repository.create(each, StoredWorld.key()).on(runtime)) {
                backup(repository, runtime);
                String before = lease(each);
                Snapshot second = backup(repository, runtime);

                assertThat(second.sequence()).isEqualTo(2);
                boolean taken = !lease(each).equals(before);
                assertThat(taken).isEqualTo(each == store);
            }
        }
    }
}
