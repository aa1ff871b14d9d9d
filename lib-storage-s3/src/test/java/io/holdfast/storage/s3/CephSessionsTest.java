// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Sessions into a bucket without versions. */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class CephSessionsTest extends StoreSessionsContract {
    private final String bucket = Ceph.server().bucket();

    @Override
    protected ObjectStore open() {
        return Ceph.server().store(bucket).open();
    }

    @Override
    protected Map<Ability, Verdict> proof() {
        return Map.of(
                Ability.CONDITIONAL_CREATE, Verdict.PROVEN,
                Ability.CREATE_IN_PARTS, Verdict.REFUTED,
                Ability.CONDITIONAL_REPLACE, Verdict.PROVEN,
                Ability.LISTS_AFTER_WRITE, Verdict.PROVEN,
                Ability.RETENTION, Verdict.NOT_CLAIMED,
                Ability.CLOCK, Verdict.PROVEN);
    }
}
