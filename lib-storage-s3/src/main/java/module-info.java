// SPDX-License-Identifier: Apache-2.0

/** An object store in a bucket of S3 or of a compatible service, with Object Lock. */
module io.holdfast.storage.s3 {
    requires transitive io.holdfast.core;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.services.s3;

    exports io.holdfast.storage.s3;
}
