// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import java.net.URI;

/**
 * Ceph's gateway, which enforces Object Lock. {@code .ci/prepare.d/ceph} starts it and tells of it by the environment; where nobody did, the
 * tests of it are reported as not run.
 */
final class Ceph {
    /** The variable with the gateway's address. */
    static final String ENDPOINT = "HOLDFAST_CEPH_ENDPOINT";

    private Ceph() {}

    static S3Server server() {
        return new S3Server(
                URI.create(variable(ENDPOINT)),
                S3Credentials.of(variable("HOLDFAST_CEPH_ACCESS_KEY"), variable("HOLDFAST_CEPH_SECRET_KEY")));
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("the variable " + name + " is not set");
        }
        return value;
    }
}
