// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.RetryingObjectStore;
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
        RetryPolicy policy = RetryPolicy.builder().maxAttempts(5).build();
        Retrier retrier = new Retrier(policy, TimeSource.system(), Randomness.secure());
        return new RetryingObjectStore(Ceph.server().store(bucket).open(), retrier);
    }
}
