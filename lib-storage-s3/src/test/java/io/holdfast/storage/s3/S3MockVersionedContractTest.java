// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.ObjectStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bucket with versions and without a lock; conditions are left out, since two writers at once can both meet them on this server. */
@ExtendWith(S3Mock.class)
final class S3MockVersionedContractTest extends ObjectStoreContract {
    private final S3Server server;
    private String bucket = "";

    S3MockVersionedContractTest(S3Server server) {
        this.server = server;
    }

    @Override
    protected ObjectStore createStore() {
        bucket = server.versionedBucket();
        return openAgain();
    }

    @Override
    protected ObjectStore openAgain() {
        // While versions change it sometimes fails to list them.
        return S3Server.retrying(
                server.store(bucket).prefix("some/place").withoutConditions().open());
    }
}
