// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.StoreSessionsContract;
import java.util.Map;
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
    protected Map<Ability, Verdict> proof() {
        return Map.of(
                Ability.CONDITIONAL_CREATE, Verdict.NOT_CLAIMED,
                Ability.CREATE_IN_PARTS, Verdict.NOT_CLAIMED,
                Ability.CONDITIONAL_REPLACE, Verdict.NOT_CLAIMED,
                Ability.LISTS_AFTER_WRITE, Verdict.PROVEN,
                Ability.RETENTION, Verdict.NOT_CLAIMED,
                Ability.CLOCK, Verdict.PROVEN);
    }
}
