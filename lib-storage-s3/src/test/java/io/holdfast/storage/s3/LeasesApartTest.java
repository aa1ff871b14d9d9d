// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.StoreException;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3Mock.class)
final class LeasesApartTest {
    private static final ObjectName LEASE = new ObjectName("leases/one");
    private static final ObjectName RECORD = new ObjectName("snapshots/aa/1");

    private static void put(ObjectStore store, ObjectName name) {
        store.put(name, ObjectBody.of(new byte[] {1}), PutOptions.overwrite());
    }

    @Test
    void onlyLeasesStandInTheOtherBucketAndListingsShowAll(S3Server server) {
        String bucket = server.versionedBucket();
        String other = server.bucket();
        try (ObjectStore before = server.store(bucket).prefix("r").open();
                ObjectStore store = server.store(bucket)
                        .prefix("r")
                        .leases(other, "r/claims")
                        .open();
                ObjectStore apart = server.store(other).prefix("r/claims").open()) {
            put(before, new ObjectName("leases/before"));
            put(store, LEASE);
            put(store, RECORD);
            put(store, new ObjectName("leases-like"));

            assertThat(StoredNames.of(apart, "")).containsExactly("leases/one");
            assertThat(StoredNames.of(store, ""))
                    .containsExactlyInAnyOrder("snapshots/aa/1", "leases-like", "leases/one");
            assertThat(StoredNames.of(store, "le")).containsExactlyInAnyOrder("leases-like", "leases/one");
            assertThat(StoredNames.of(store, "leases/o")).containsExactly("leases/one");
            assertThat(StoredNames.of(store, "snapshots/")).containsExactly("snapshots/aa/1");
            assertThat(store.stat(LEASE)).isPresent();
            assertThat(store.stat(new ObjectName("leases/before"))).isEmpty();

            List<ObjectName> all = Stream.of("leases/one", "leases-like", "leases/two", "snapshots/aa/1")
                    .map(ObjectName::new)
                    .toList();
            assertThat(store.deleteAll(all)).extracting(Deletion::name).isEqualTo(all);
            assertThat(StoredNames.of(store, "")).isEmpty();
            assertThat(store.delete(LEASE)).isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    void aPlaceAmongTheObjectsOfTheRepositoryIsRefusedAndABucketThatIsMissingIsNamed(S3Server server) {
        String bucket = server.bucket();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.store(bucket)
                        .prefix("r")
                        .leases(bucket, "r/claims")
                        .open())
                .withMessageContaining("give a prefix outside of 'r/'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.store(bucket).leases("b", ""))
                .withMessageContaining("no name of a bucket");
        assertThatThrownBy(() ->
                        server.store(bucket).leases("not-there-at-all", "").open())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e).hasMessageContaining("s3:not-there-at-all"));
    }
}
