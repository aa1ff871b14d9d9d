// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.WirePeer;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.ObjectStoreContract;
import io.holdfast.testkit.SimTime;
import org.junit.jupiter.api.AfterEach;

/** A container with version-level immutability, on a peer that keeps versions and policies as Azure documents it. */
final class ImmutableContractTest extends ObjectStoreContract {
    private final SimTime time = SimTime.create();
    private WirePeer peer = WirePeer.plain(new FakeAzure(new FakeBlobs(time, true), 7));

    @Override
    protected ObjectStore createStore() {
        peer.close();
        peer = WirePeer.plain(new FakeAzure(new FakeBlobs(time, true), 7));
        return openAgain();
    }

    @Override
    protected ObjectStore openAgain() {
        return AzureServer.at(peer)
                .store("container")
                .immutability(ImmutabilityMode.LOCKED)
                .open();
    }

    @Override
    protected TimeSource time() {
        return time;
    }

    @AfterEach
    void closePeer() {
        peer.close();
    }
}
