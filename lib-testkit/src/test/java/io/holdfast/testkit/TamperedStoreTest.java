// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.repository.RepairReport;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.Tampering;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Overlay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a repository says when its store tells of things that were laid over objects. */
final class TamperedStoreTest {
    private static final Instant WHEN = Instant.parse("2030-01-01T00:00:00Z");
    private static final Overlay FREE = new Overlay(new ObjectName("config/1"), "v1", true, WHEN);
    private static final Overlay LOCKED = new Overlay(new ObjectName("config/1"), "v2", false, WHEN);
    private static final Overlay LEASE = new Overlay(new ObjectName("leases/maintenance"), "v3", false, WHEN);

    private final List<Overlay> overlays = new ArrayList<>();
    private final ObjectStore store = new ForwardingObjectStore(new InMemoryObjectStore()) {
        @Override
        public List<Overlay> overlays(String prefix) {
            return List.copyOf(overlays);
        }

        @Override
        public DeleteResult remove(Overlay overlay) {
            return overlay.equals(LOCKED)
                    ? DeleteResult.RETAINED
                    : overlays.remove(overlay) ? DeleteResult.DELETED : DeleteResult.ABSENT;
        }
    };

    @Test
    void verifyTellsOfThemAndRepairRemovesThemAndNamesWhatIsProtected() {
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository =
                        Repository.create(store, KeyProviders.raw(new byte[32])).on(runtime)) {
            VerifyRequest structure = VerifyRequest.of(VerifyLevel.STRUCTURE);
            overlays.add(LEASE);
            assertThat(repository.verify(structure).sound())
                    .as("holders of leases write over them")
                    .isTrue();
            overlays.addAll(List.of(FREE, LOCKED));

            VerifyReport found = repository.verify(structure);
            RepairReport done = repository.repair(found);

            assertThat(found.damages()).isEmpty();
            assertThat(found.sound()).isFalse();
            assertThat(found.tampered())
                    .containsExactly(
                            new Tampering("config/1", "v1", true, WHEN), new Tampering("config/1", "v2", false, WHEN));
            assertThat(found.tampered().get(0).what())
                    .contains("a marker of a deletion was laid over it at 2030-01-01T00:00:00Z (version v1)");
            assertThat(done.uncovered()).isEqualTo(1);
            assertThat(done.notes()).singleElement().asString().contains("'config/1' (version v2) is protected itself");
            assertThat(overlays).containsExactly(LEASE, LOCKED);
        }
    }
}
