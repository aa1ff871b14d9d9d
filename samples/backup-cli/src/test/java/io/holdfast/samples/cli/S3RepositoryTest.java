// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Repositories in buckets of Ceph's gateway, from the command line. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CEPH_ENDPOINT", matches = ".+", disabledReason = "no Ceph runs here")
class S3RepositoryTest extends ServiceRepositoryTests {
    @Override
    String store(String place, String prefix) {
        return "{ type: s3, bucket: %s, prefix: %s/, endpoint: \"%s\", region: us-east-1, path_style: true, access_key: %s, secret_key: %s, leases: { prefix: leases-of-%s } }"
                .formatted(
                        place,
                        prefix,
                        System.getenv("HOLDFAST_CEPH_ENDPOINT"),
                        System.getenv("HOLDFAST_CEPH_ACCESS_KEY"),
                        System.getenv("HOLDFAST_CEPH_SECRET_KEY"),
                        prefix);
    }

    @Override
    String place() {
        return System.getenv("HOLDFAST_CEPH_BUCKET");
    }

    @Override
    String kind() {
        return "bucket";
    }
}
