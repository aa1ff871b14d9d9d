// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conditions one after another, in a bucket without versions and in one with them, on a server that honours them. */
@ExtendWith(S3Mock.class)
final class ConditionsTest {
    private static final ObjectName NAME = new ObjectName("leases/one");

    private static PutResult put(ObjectStore store, int content, PutMode mode) {
        return store.put(NAME, ObjectBody.of(new byte[] {(byte) content}), new PutOptions(mode, Protection.none()));
    }

    private static void assertHonoured(ObjectStore store) {
        assertThat(put(store, 1, PutMode.replaceVersion("none"))).isEqualTo(PutResult.REFUSED);
        assertThat(put(store, 1, PutMode.createOnly())).isEqualTo(PutResult.WRITTEN);
        assertThat(put(store, 2, PutMode.createOnly())).isEqualTo(PutResult.REFUSED);
        String first = store.stat(NAME).orElseThrow().version().orElseThrow();
        assertThat(put(store, 2, PutMode.replaceVersion(first))).isEqualTo(PutResult.WRITTEN);
        assertThat(put(store, 3, PutMode.replaceVersion(first))).isEqualTo(PutResult.REFUSED);
        String second = store.stat(NAME).orElseThrow().version().orElseThrow();
        assertThat(put(store, 3, PutMode.replaceVersion(second))).isEqualTo(PutResult.WRITTEN);
        assertThat(store.capabilities().conditionalCreate()).isTrue();
    }

    @Test
    void areHonouredInABucketWithoutVersions(S3Server server) {
        try (ObjectStore store = server.store(server.bucket()).open()) {
            assertThat(store.capabilities().versions()).isFalse();
            assertHonoured(store);
        }
    }

    @Test
    void areHonouredInABucketWithVersions(S3Server server) {
        try (ObjectStore store = server.store(server.versionedBucket()).open()) {
            assertThat(store.capabilities().versions()).isTrue();
            assertHonoured(store);
        }
    }
}
