// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole store that is an earlier one: nothing in it is wrong, and only a witness can tell. */
class SetBackTest {
    private final HoldfastRuntime runtime = new SimulatedProcess(6).runtime();
    private final StoredWorld world = StoredWorld.make(runtime);
    private final TreeMap<String, byte[]> earlier = world.history.get(1);

    @AfterEach
    void close() {
        runtime.close();
    }

    private VerifyReport verify(ObjectStore store, Optional<String> expected) {
        try (Repository repository = Repository.open(store, StoredWorld.key()).on(runtime)) {
            return repository.verify(new VerifyRequest(VerifyLevel.KEYLESS, 100, expected));
        }
    }

    @Test
    void theWitnessOfAReportTells() {
        ObjectStore store = StoredWorld.storeOf(earlier);

        assertThat(verify(store, Optional.of(world.witnesses.get(1))).damages()).isEmpty();
        assertThat(verify(store, Optional.of(world.witnesses.get(4))).damages()).isNotEmpty();
    }

    @Test
    void theCacheTells(@TempDir Path cache) {
        ObjectStore store = StoredWorld.storeOf(world.objects);
        try (Repository repository =
                Repository.open(store, StoredWorld.key()).cache(cache).on(runtime)) {
            assertThat(repository.latest(StoredWorld.PAPERS).orElseThrow().sequence())
                    .isEqualTo(4);
        }
        StoredWorld.change(store, world.objects, earlier);
        try (Repository repository =
                Repository.open(store, StoredWorld.key()).cache(cache).on(runtime)) {
            VerifyReport report = repository.verify(VerifyRequest.of(VerifyLevel.KEYLESS));

            assertThat(report.damages())
                    .anySatisfy(damage -> assertThat(damage.items())
                            .anyMatch(item -> item.source().equals("papers") && item.snapshot() == 4));
        }
    }

    @Test
    void theLeaseTellsOfANewestRecordThatIsGone() {
        ObjectStore store = StoredWorld.storeOf(world.objects);
        String newest = world.objects.keySet().stream()
                .filter(name -> name.startsWith("snapshots/"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        store.delete(new ObjectName(newest));

        assertThat(verify(store, Optional.empty()).damages())
                .extracting(VerifyReport.Damage::object)
                .contains(newest);
    }
}
