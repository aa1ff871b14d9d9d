// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Repositories in buckets of Ceph's gateway, from the command line. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CEPH_ENDPOINT", matches = ".+", disabledReason = "no Ceph runs here")
class S3RepositoryTest extends ServiceRepositoryTests {
    @Override
    String store(String endpoint, String place, String prefix) {
        return "{ type: s3, bucket: %s, prefix: %s/, endpoint: \"%s\", region: us-east-1, path_style: true, access_key: %s, secret_key: %s, leases: { prefix: leases-of-%s } }"
                .formatted(
                        place,
                        prefix,
                        endpoint,
                        System.getenv("HOLDFAST_CEPH_ACCESS_KEY"),
                        System.getenv("HOLDFAST_CEPH_SECRET_KEY"),
                        prefix);
    }

    @Override
    String endpoint() {
        return System.getenv("HOLDFAST_CEPH_ENDPOINT");
    }

    @Override
    Map<Gateway.Refusal, String> refusals() {
        return Map.of(
                new Gateway.Refusal(403, "AccessDenied"), "policies",
                new Gateway.Refusal(400, "ExpiredToken"), "Renew",
                new Gateway.Refusal(403, "InvalidAccessKeyId"), "access key",
                new Gateway.Refusal(403, "RequestTimeTooSkewed"), "clock",
                new Gateway.Refusal(404, "NoSuchBucket"), "Create the bucket",
                new Gateway.Refusal(400, "AuthorizationHeaderMalformed"), "region",
                new Gateway.Refusal(403, "QuotaExceeded"), "quota");
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
