// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.ObjectStoreContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A bucket with Object Lock on a server that enforces it, and ignores conditions there. */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class CephLockedContractTest extends ObjectStoreContract {
    private String bucket = "";

    @Override
    protected ObjectStore createStore() {
        bucket = Ceph.server().lockedBucket();
        return openAgain();
    }

    @Override
    protected ObjectStore openAgain() {
        return Ceph.server()
                .store(bucket)
                .objectLock(LockMode.COMPLIANCE)
                .withoutConditions()
                .open();
    }
}
