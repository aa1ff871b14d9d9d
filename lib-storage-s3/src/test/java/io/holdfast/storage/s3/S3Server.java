// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import java.net.URI;
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

    /** The bare client, to do to a bucket what a store never does. */
    S3Client client() {
        return S3Clients.create(
                new S3ObjectStoreBuilder.Connection(
                        "us-east-1", java.util.Optional.of(endpoint), true, java.util.Optional.empty()),
                ChecksumMode.MD5,
                java.util.Optional.of(() -> credentials));
    }
}
