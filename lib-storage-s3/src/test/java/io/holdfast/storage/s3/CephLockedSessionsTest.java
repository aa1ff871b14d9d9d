// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectStore;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Sessions into a bucket with Object Lock, in which the server ignores conditions. */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class CephLockedSessionsTest extends WholeSessions {
    private final String bucket = Ceph.server().lockedBucket();

    @Override
    ObjectStore open() {
        return Ceph.server().store(bucket).objectLock(LockMode.COMPLIANCE).open();
    }

    @Override
    boolean honoursConditions() {
        return false;
    }
}
