// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.RetryingObjectStore;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that speaks S3, and fresh buckets on it. */
record S3Server(URI endpoint, S3Credentials credentials) {
    /** Fresh and empty. */
    String bucket() {
        return bucket(false);
    }

    /** Fresh and empty, with Object Lock and so with versions. */
    String lockedBucket() {
        return bucket(true);
    }

    private String bucket(boolean locked) {
        String name = "holdfast-" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(name).objectLockEnabledForBucket(locked ? true : null));
        }
        return name;
    }

    /** Fresh and empty, with versions. */
    String versionedBucket() {
        String name = bucket(false);
        try (S3Client client = client()) {
            client.putBucketVersioning(
                    request -> request.bucket(name).versioningConfiguration(versions -> versions.status("Enabled")));
        }
        return name;
    }

    S3ObjectStoreBuilder store(String bucket) {
        return S3ObjectStore.builder(bucket).endpoint(endpoint).pathStyle().credentials(() -> credentials);
    }

    /** A store as the engine uses it: what passes is tried again. */
    static ObjectStore retrying(ObjectStore store) {
        RetryPolicy policy = RetryPolicy.builder().maxAttempts(5).build();
        return new RetryingObjectStore(store, new Retrier(policy, TimeSource.system(), Randomness.secure()));
    }

    /** The bare client, to do to a bucket what a store never does. */
    S3Client client() {
        return S3Clients.create(
                new S3ObjectStoreBuilder.Connection("us-east-1", Optional.of(endpoint), true, Optional.empty()),
                ChecksumMode.MD5,
                Optional.of(() -> credentials));
    }
}
