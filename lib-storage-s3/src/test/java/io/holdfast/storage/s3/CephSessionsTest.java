// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
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
    protected StoreProof proof() {
        return new StoreProof(Verdict.PROVEN, Verdict.PROVEN, Verdict.PROVEN, Verdict.NOT_CLAIMED);
    }
}
