// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions into a bucket without versions, with the SDK's own checksums; without conditions, which two writers at once can both meet here. */
@ExtendWith(S3Mock.class)
final class S3MockSessionsTest extends StoreSessionsContract {
    private final S3Server server;
    private final String bucket;

    S3MockSessionsTest(S3Server server) {
        this.server = server;
        this.bucket = server.bucket();
    }

    @Override
    protected ObjectStore open() {
        return server.store(bucket)
                .prefix("tenant-7")
                .checksums(ChecksumMode.TRAILER)
                .withoutConditions()
                .open();
    }

    @Override
    protected StoreProof proof() {
        return new StoreProof(Verdict.NOT_CLAIMED, Verdict.NOT_CLAIMED, Verdict.PROVEN, Verdict.NOT_CLAIMED);
    }
}
