// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.repository.RepositoryStats;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyTest {
    private final HoldfastRuntime runtime = Holdfast.runtime().build();
    private final StoredWorld world = StoredWorld.make(runtime);

    @AfterEach
    void close() {
        runtime.close();
    }

    private Repository open(ObjectStore store) {
        return Repository.open(store, StoredWorld.key()).on(runtime);
    }

    @ParameterizedTest
    @EnumSource
    void aSoundRepositoryIsSoundAtEveryLevel(VerifyLevel level) {
        try (Repository repository = open(StoredWorld.storeOf(world.objects))) {
            VerifyReport report = repository.verify(VerifyRequest.of(level));

            assertThat(report.damages()).isEmpty();
            assertThat(report.level()).isEqualTo(level);
            assertThat(report.objectsChecked())
                    .isEqualTo(world.objects.keySet().stream()
                            .filter(name -> !name.startsWith("leases/") && !name.startsWith("progress/"))
                            .count());
        }
    }

    @Test
    void aCopyHoldsTheSameAndNeedsNothingOfTheFirstRepository() {
        ObjectStore target = new InMemoryObjectStore();
        try (Repository repository = open(StoredWorld.storeOf(world.objects));
                Repository other = Repository.create(target, StoredWorld.key()).on(runtime)) {
            Snapshot first = repository.latest(StoredWorld.PAPERS).orElseThrow();
            Snapshot copy = repository.copy(first, other);

            assertThat(copy.items()).isEqualTo(first.items());
            assertThat(copy.bytes()).isEqualTo(first.bytes());
            assertThat(copy.complete()).isEqualTo(first.complete());
            assertThat(copy.digest()).isEqualTo(first.digest());
            assertThat(other.verify(VerifyRequest.of(VerifyLevel.REHEARSAL)).damages())
                    .isEmpty();
            assertThat(world.readable(other))
                    .isEqualTo(Map.of(
                            StoredWorld.PAPERS + "/" + copy.sequence(),
                            world.truth.get(StoredWorld.PAPERS + "/" + first.sequence())));
        }
    }

    @Test
    void statisticsCountWhatIsThere() {
        try (Repository repository = open(StoredWorld.storeOf(world.objects))) {
            RepositoryStats stats = repository.stats();

            assertThat(stats.objects()).isEqualTo(world.objects.size());
            assertThat(stats.storedBytes())
                    .isEqualTo(world.objects.values().stream()
                            .mapToLong(b -> b.length)
                            .sum());
            assertThat(stats.packs())
                    .isEqualTo(world.objects.keySet().stream()
                            .filter(name -> name.startsWith("data/") || name.startsWith("meta/"))
                            .count());
            assertThat(stats.snapshots()).isEqualTo(world.truth.size());
            assertThat(stats.blobs()).isGreaterThanOrEqualTo(17);
            assertThat(stats.plainBytes()).isGreaterThan(160_000);
            assertThat(stats.indexBytes()).isPositive();
            assertThat(stats.cacheBytes()).isZero();
        }
    }
}
