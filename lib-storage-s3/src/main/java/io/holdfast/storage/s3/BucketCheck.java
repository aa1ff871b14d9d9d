// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;

/** Asks a bucket what it is before it is used. */
final class BucketCheck {
    private static final int FORBIDDEN = 403;
    private static final int SERVER_FAULT = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client client;
    private final S3Settings settings;
    private final S3Failures failures;

    BucketCheck(S3Client client, S3Settings settings, S3Failures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
    }

    /** Whether the bucket keeps versions, or may have some; whoever may not ask is believed about locks, which need them. */
    boolean keepsVersions() {
        boolean versions = settings.lock().isPresent();
        try {
            GetBucketVersioningResponse answer =
                    client.getBucketVersioning(request -> request.bucket(settings.bucket()));
            versions = answer.status() == BucketVersioningStatus.ENABLED
                    || answer.status() == BucketVersioningStatus.SUSPENDED;
            if (settings.lock().isPresent() && answer.status() != BucketVersioningStatus.ENABLED) {
                throw failures.unsupported(
                        "keeps no versions, which Object Lock needs",
                        "Create a bucket with Object Lock, or do without the lock");
            }
        } catch (AwsServiceException e) {
            if (e.statusCode() != FORBIDDEN && e.statusCode() != NOT_IMPLEMENTED
                    || !S3Failures.codeOf(e).equals("AccessDenied") && e.statusCode() == FORBIDDEN) {
                throw failures.describe("asking about versions", "", e, S3Failures.Effect.NONE);
            }
        } catch (SdkException e) {
            throw failures.describe("asking about versions", "", e, S3Failures.Effect.NONE);
        }
        if (settings.lock().isPresent()) {
            checkLock();
        }
        return versions;
    }

    private void checkLock() {
        Optional<ObjectLockConfiguration> lock = lock();
        if (lock.isEmpty()) {
            return;
        }
        if (lock.get().objectLockEnabled() != ObjectLockEnabled.ENABLED) {
            throw noLock();
        }
        refuseDefaultRetention(lock.get());
    }

    private void refuseDefaultRetention(ObjectLockConfiguration lock) {
        if (lock.rule() != null && lock.rule().defaultRetention() != null) {
            throw failures.unsupported(
                    "has a default retention, in which leases and everything else that is soon removed would be caught",
                    "Remove the default retention: each object gets its own");
        }
    }

    /** For a bucket that need not have a lock; whoever may not ask, or asks a service that knows no locks, is told nothing. */
    void requireNoDefaultRetention() {
        ObjectLockConfiguration lock;
        try {
            lock = client.getObjectLockConfiguration(request -> request.bucket(settings.bucket()))
                    .objectLockConfiguration();
        } catch (AwsServiceException e) {
            if (e.statusCode() < SERVER_FAULT || e.statusCode() == NOT_IMPLEMENTED) {
                return;
            }
            throw failures.describe("asking about Object Lock", "", e, S3Failures.Effect.NONE);
        } catch (SdkException e) {
            throw failures.describe("asking about Object Lock", "", e, S3Failures.Effect.NONE);
        }
        if (lock != null) {
            refuseDefaultRetention(lock);
        }
    }

    /** Empty if we may not ask: then the proof of the engine tells. */
    private Optional<ObjectLockConfiguration> lock() {
        try {
            return Optional.ofNullable(client.getObjectLockConfiguration(request -> request.bucket(settings.bucket()))
                    .objectLockConfiguration());
        } catch (AwsServiceException e) {
            if (S3Failures.codeOf(e).equals("ObjectLockConfigurationNotFoundError")) {
                throw noLock();
            }
            if (e.statusCode() == FORBIDDEN) {
                return Optional.empty();
            }
            throw failures.describe("asking about Object Lock", "", e, S3Failures.Effect.NONE);
        } catch (SdkException e) {
            throw failures.describe("asking about Object Lock", "", e, S3Failures.Effect.NONE);
        }
    }

    private RuntimeException noLock() {
        return failures.unsupported(
                "has no Object Lock", "Create a bucket with Object Lock, since most services cannot add it later");
    }
}
