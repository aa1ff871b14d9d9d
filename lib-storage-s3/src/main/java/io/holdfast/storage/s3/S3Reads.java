// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.AnswerStream;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectName;
import io.holdfast.store.Protection;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/** Reads objects, or given versions of them. */
final class S3Reads {
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Client client;
    private final S3Settings settings;
    private final S3Failures failures;
    // Written by any thread that has found out; all find the same.
    private volatile boolean bucketSeen;

    S3Reads(S3Client client, S3Settings settings, S3Failures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * What a service tells of one version.
     *
     * @param length its length in bytes
     * @param modified when it was written
     * @param etag the tag of its content
     * @param protection how it is protected
     */
    record Head(long length, Instant modified, String etag, Protection protection) {}

    /** Asks about an object, or a version of it; empty if there is none. */
    Optional<Head> head(ObjectName name, @Nullable String version) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(settings.bucket())
                .key(settings.key(name))
                .versionId(version)
                .build();
        try {
            HeadObjectResponse answer = client.headObject(request);
            bucketSeen = true;
            return Optional.of(new Head(
                    answer.contentLength(),
                    answer.lastModified(),
                    VersionLists.unquoted(answer.eTag()),
                    protection(answer)));
        } catch (AwsServiceException e) {
            if (e.statusCode() == NOT_FOUND) {
                requireBucket();
                return Optional.empty();
            }
            throw failures.describe("looking at", name.value(), e, S3Failures.Effect.NONE);
        } catch (SdkException e) {
            throw failures.describe("looking at", name.value(), e, S3Failures.Effect.NONE);
        }
    }

    private static Protection protection(HeadObjectResponse answer) {
        return new Protection(
                Optional.ofNullable(answer.objectLockRetainUntilDate()),
                answer.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON);
    }

    /** An answer to HEAD has no body that says whether the object is missing or the bucket: asked once, until the bucket was seen. */
    private void requireBucket() {
        if (bucketSeen) {
            return;
        }
        try {
            client.headBucket(request -> request.bucket(settings.bucket()));
            bucketSeen = true;
        } catch (SdkException e) {
            throw failures.describe("looking for the bucket", "", e, S3Failures.Effect.NONE);
        }
    }

    /** Reads an object, or a version of it, or a range of either. */
    InputStream get(ObjectName name, @Nullable String version, ByteRange range) {
        boolean whole = range.equals(ByteRange.all());
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(settings.bucket())
                .key(settings.key(name))
                .versionId(version)
                .range(whole ? null : header(range))
                .build();
        try {
            ResponseInputStream<GetObjectResponse> answer = client.getObject(request);
            if (!whole && answer.response().contentRange() == null) {
                answer.abort();
                throw failures.unsupported(
                        "answers with the whole object where a range was asked for", "Use a service that knows ranges");
            }
            return new AnswerStream(name, answer, answer.response().contentLength(), answer::abort);
        } catch (AwsServiceException e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return outside(name, range);
            }
            throw failures.describe("reading", name.value(), e, S3Failures.Effect.NONE);
        } catch (SdkException e) {
            throw failures.describe("reading", name.value(), e, S3Failures.Effect.NONE);
        }
    }

    private static String header(ByteRange range) {
        if (range.fromEnd()) {
            return "bytes=-" + range.length();
        }
        long last = range.offset() + range.length() - 1;
        return "bytes=" + range.offset() + "-" + (last < range.offset() ? "" : last);
    }

    /** Only an empty object has no byte at its start or end. */
    private static InputStream outside(ObjectName name, ByteRange range) {
        if (range.offset() == 0) {
            return new ByteArrayInputStream(new byte[0]);
        }
        throw new StoreException(
                ErrorCode.STORE_SHORT_READ,
                "object '" + name + "' ends before byte " + range.offset() + ", from which it was asked for",
                "Run verify: the object is shorter than what refers to it says");
    }
}
