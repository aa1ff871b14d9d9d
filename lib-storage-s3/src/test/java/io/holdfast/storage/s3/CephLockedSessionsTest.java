// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Sessions into a bucket with Object Lock, in which the server ignores conditions. */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class CephLockedSessionsTest extends StoreSessionsContract {
    private final String bucket = Ceph.server().lockedBucket();

    @Override
    protected ObjectStore open() {
        return Ceph.server().store(bucket).objectLock(LockMode.COMPLIANCE).open();
    }

    @Override
    protected Map<Ability, Verdict> proof() {
        // Once it was seen to take a create over an object, it claims no condition any longer.
        return Map.of(
                Ability.CONDITIONAL_CREATE, Verdict.REFUTED,
                Ability.CREATE_IN_PARTS, Verdict.REFUTED,
                Ability.CONDITIONAL_REPLACE, Verdict.NOT_CLAIMED,
                Ability.LISTS_AFTER_WRITE, Verdict.PROVEN,
                Ability.RETENTION, Verdict.PROVEN,
                Ability.CLOCK, Verdict.PROVEN);
    }
}
