// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.WirePeer;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Sessions into a container with version-level immutability, on a peer that keeps versions and policies as Azure documents it. */
final class ImmutableSessionsTest extends StoreSessionsContract {
    private final WirePeer peer = WirePeer.plain(new FakeAzure(new FakeBlobs(TimeSource.system(), true), 100));

    @Override
    protected ObjectStore open() {
        return AzureServer.at(peer)
                .store("container")
                .immutability(ImmutabilityMode.LOCKED)
                .open();
    }

    @Override
    protected Map<Ability, Verdict> proof() {
        return Map.of(
                Ability.CONDITIONAL_CREATE, Verdict.PROVEN,
                Ability.CREATE_IN_PARTS, Verdict.PROVEN,
                Ability.CONDITIONAL_REPLACE, Verdict.PROVEN,
                Ability.LISTS_AFTER_WRITE, Verdict.PROVEN,
                Ability.RETENTION, Verdict.PROVEN,
                Ability.CLOCK, Verdict.PROVEN);
    }

    @AfterEach
    void closePeer() {
        peer.close();
    }
}
