// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.ObjectStoreContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A plain container on a server that honours conditions and checks signatures. */
@EnabledIfEnvironmentVariable(named = Azurite.ENDPOINT, matches = ".+", disabledReason = "no Azurite runs here")
final class AzuriteContractTest extends ObjectStoreContract {
    private String container = "";

    @Override
    protected ObjectStore createStore() {
        container = Azurite.server().container();
        return openAgain();
    }

    @Override
    protected ObjectStore openAgain() {
        return AzureServer.retrying(
                Azurite.server().store(container).prefix("some/place").open());
    }
}
