// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.CountingObjectStore;
import io.holdfast.store.StoreCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
    private static final int MOST_REQUESTS = 5;

    private final HoldfastRuntime runtime = new SimulatedProcess(7).runtime();
    private final StoredWorld world = StoredWorld.make(runtime);
    private final CountingObjectStore store = new CountingObjectStore(StoredWorld.storeOf(world.objects));

    @AfterEach
    void close() {
        runtime.close();
    }

    /** Reads the first item of the notes whole, and counts the requests to the store. */
    private long requests(Repository repository, Snapshot snapshot, String wanted) {
        StoreCounts before = store.counts();
        repository.items(snapshot, MapConnector.NOTES, item -> {
            if (item.entry().name().equals(wanted)) {
                try (InputStream in =
                        repository.read(snapshot, item.entry().parts().get(0))) {
                    assertThat(in.readAllBytes()).isNotEmpty();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        StoreCounts spent = store.counts().minus(before);
        return spent.gets() + spent.stats() + spent.lists();
    }

    @Test
    void oneSmallItemOfAnOpenRepositoryTakesFewRequests(@TempDir Path cache) {
        try (Repository repository =
                Repository.open(store, StoredWorld.key()).cache(cache).on(runtime)) {
            Snapshot snapshot = repository.latest(StoredWorld.PAPERS).orElseThrow();
            requests(repository, snapshot, "note-1");

            // Of another pack than the first, so that neither its frame nor its directory is at hand.
            assertThat(requests(repository, snapshot, "note-12")).isBetween(0L, (long) MOST_REQUESTS);
            assertThat(requests(repository, snapshot, "large-too")).isBetween(1L, (long) MOST_REQUESTS);
        }
    }
}
