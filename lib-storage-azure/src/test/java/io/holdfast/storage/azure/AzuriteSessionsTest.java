// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
import java.util.Map;
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
    protected Map<Ability, Verdict> proof() {
        return Map.of(
                Ability.CONDITIONAL_CREATE, Verdict.PROVEN,
                Ability.CREATE_IN_PARTS, Verdict.PROVEN,
                Ability.CONDITIONAL_REPLACE, Verdict.PROVEN,
                Ability.LISTS_AFTER_WRITE, Verdict.PROVEN,
                Ability.RETENTION, Verdict.NOT_CLAIMED,
                Ability.CLOCK, Verdict.PROVEN);
    }
}
