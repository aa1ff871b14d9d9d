// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.ObjectStoreContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A bucket without versions on a server that honours conditions and checks signatures. */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class CephContractTest extends ObjectStoreContract {
    private String bucket = "";

    @Override
    protected ObjectStore createStore() {
        bucket = Ceph.server().bucket();
        return openAgain();
    }

    @Override
    protected ObjectStore openAgain() {
        // To some of the writers that come second it answers that it failed, and only when they ask again that they
        // lost.
        return S3Server.retrying(Ceph.server().store(bucket).open());
    }
}
