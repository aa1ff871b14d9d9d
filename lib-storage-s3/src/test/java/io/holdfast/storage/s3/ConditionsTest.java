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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

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

    /** What a writer leaves who dies between his put and the deletion of what he replaced: two versions, of which the older one still counts. */
    @Test
    void anObjectWhoseWriterDiedInMidReplaceCanBeReplacedAgain(S3Server server) {
        String bucket = server.versionedBucket();
        try (ObjectStore store = server.store(bucket).open();
                S3Client dying = server.client()) {
            put(store, 1, PutMode.overwrite());
            String first = store.stat(NAME).orElseThrow().version().orElseThrow();
            dying.putObject(request -> request.bucket(bucket).key(NAME.value()), RequestBody.fromBytes(new byte[] {2}));

            assertThat(store.stat(NAME).orElseThrow().version()).hasValue(first);
            assertThat(put(store, 3, PutMode.replaceVersion(first))).isEqualTo(PutResult.REFUSED);
            String second = store.stat(NAME).orElseThrow().version().orElseThrow();
            assertThat(second).isNotEqualTo(first);
            assertThat(put(store, 3, PutMode.replaceVersion(second))).isEqualTo(PutResult.WRITTEN);

            assertThat(versions(dying, bucket)).isEqualTo(1);
        }
    }

    @Test
    void anObjectUnderADeleteMarkerCanBeReplacedAgain(S3Server server) {
        String bucket = server.versionedBucket();
        try (ObjectStore store = server.store(bucket).open();
                S3Client intruder = server.client()) {
            put(store, 1, PutMode.overwrite());
            String first = store.stat(NAME).orElseThrow().version().orElseThrow();
            intruder.deleteObject(request -> request.bucket(bucket).key(NAME.value()));

            // Some services look at what is under the marker, and let the first one through.
            List<PutResult> results =
                    List.of(put(store, 2, PutMode.replaceVersion(first)), put(store, 2, PutMode.replaceVersion(first)));

            assertThat(results).containsExactlyInAnyOrder(PutResult.REFUSED, PutResult.WRITTEN);
            assertThat(versions(intruder, bucket)).isEqualTo(1);
        }
    }

    private static int versions(S3Client client, String bucket) {
        var all = client.listObjectVersions(request -> request.bucket(bucket).prefix(NAME.value()));
        return all.versions().size() + all.deleteMarkers().size();
    }

    @Test
    void areHonouredInABucketWithVersions(S3Server server) {
        try (ObjectStore store = server.store(server.versionedBucket()).open()) {
            assertThat(store.capabilities().versions()).isTrue();
            assertHonoured(store);
        }
    }
}
