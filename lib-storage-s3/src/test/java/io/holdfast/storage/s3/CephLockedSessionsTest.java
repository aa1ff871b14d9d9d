// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
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
    protected StoreProof proof() {
        // Once it was seen to take a create over an object, it claims no condition any longer.
        return new StoreProof(Verdict.REFUTED, Verdict.NOT_CLAIMED, Verdict.PROVEN, Verdict.PROVEN);
    }
}
