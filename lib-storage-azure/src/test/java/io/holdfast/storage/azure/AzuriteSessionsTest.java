// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Sessions into a plain container. */
@EnabledIfEnvironmentVariable(named = Azurite.ENDPOINT, matches = ".+", disabledReason = "no Azurite runs here")
final class AzuriteSessionsTest extends StoreSessionsContract {
    private final String container = Azurite.server().container();

    @Override
    protected ObjectStore open() {
        return Azurite.server().store(container).open();
    }

    @Override
    protected StoreProof proof() {
        return new StoreProof(Verdict.PROVEN, Verdict.PROVEN, Verdict.PROVEN, Verdict.NOT_CLAIMED);
    }
}
