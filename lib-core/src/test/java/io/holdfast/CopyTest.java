// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CopyTest {
    private final SimulatedProcess process = new SimulatedProcess(8);

    private Snapshot copy(StoredWorld world, ObjectStore target) {
        return copy(world, OptionalLong.empty(), target);
    }

    private Snapshot copy(StoredWorld world, OptionalLong sequence, ObjectStore target) {
        try (HoldfastRuntime runtime = process.runtime();
                Repository from = Repository.open(StoredWorld.storeOf(world.objects), StoredWorld.key())
                        .on(runtime);
                Repository to = Repository.open(target, StoredWorld.key()).on(runtime)) {
            return from.copy(from.snapshot(StoredWorld.PAPERS, sequence), to);
        }
    }

    private boolean dies(StoredWorld world, ObjectStore target, int call) {
        try {
            copy(world, new DyingStore(target, call, call % 2 == 0));
            return false;
        } catch (DyingStore.Death death) {
            return true;
        }
    }

    @Test
    void aCopyThatDiesIsFinishedByTheNext() {
        try (HoldfastRuntime runtime = process.runtime()) {
            StoredWorld world = StoredWorld.make(runtime);
            int call = 3;
            boolean died = true;
            for (; died && call < 1000; call += 5) {
                ObjectStore target = new InMemoryObjectStore();
                Repository.create(target, StoredWorld.key()).on(runtime).close();
                died = dies(world, target, call);
                process.pass(Duration.ofMinutes(2));
                Snapshot copy = copy(world, target);

                try (Repository repository =
                        Repository.open(target, StoredWorld.key()).on(runtime)) {
                    assertThat(repository
                                    .verify(VerifyRequest.of(VerifyLevel.REHEARSAL))
                                    .damages())
                            .as("died at call %s", call)
                            .isEmpty();
                    Map<String, String> wanted = world.truth.get(StoredWorld.PAPERS + "/4");
                    Map<String, Map<String, String>> found = world.readable(repository);
                    assertThat(found.get(StoredWorld.PAPERS + "/" + copy.sequence()))
                            .isEqualTo(wanted);
                }
            }
            assertThat(call).isBetween(10, 999);
        }
    }

    @Test
    void aCopyIntoARepositoryThatHasAnEarlierOneStoresWhatIsNewAndLeavesTheEarlierOne() {
        try (HoldfastRuntime runtime = process.runtime()) {
            StoredWorld world = StoredWorld.make(runtime);
            ObjectStore empty = new InMemoryObjectStore();
            ObjectStore filled = new InMemoryObjectStore();
            Repository.create(empty, StoredWorld.key()).on(runtime).close();
            Repository.create(filled, StoredWorld.key()).on(runtime).close();
            Snapshot first = copy(world, OptionalLong.of(1), filled);
            long before = packBytes(filled);

            Snapshot last = copy(world, filled);
            copy(world, empty);

            assertThat(packBytes(filled) - before).isLessThan(packBytes(empty));
            try (Repository repository =
                    Repository.open(filled, StoredWorld.key()).on(runtime)) {
                assertThat(repository
                                .verify(VerifyRequest.of(VerifyLevel.REHEARSAL))
                                .damages())
                        .isEmpty();
                Map<String, Map<String, String>> found = world.readable(repository);
                assertThat(found.get(StoredWorld.PAPERS + "/" + first.sequence()))
                        .isEqualTo(world.truth.get(StoredWorld.PAPERS + "/1"));
                assertThat(found.get(StoredWorld.PAPERS + "/" + last.sequence()))
                        .isEqualTo(world.truth.get(StoredWorld.PAPERS + "/4"));
            }
        }
    }

    private static long packBytes(ObjectStore store) {
        long bytes = 0;
        for (String prefix : List.of("data/", "meta/")) {
            try (ObjectListing listing = store.list(prefix)) {
                while (listing.hasNext()) {
                    bytes += listing.next().length();
                }
            }
        }
        return bytes;
    }
}
