// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.error.HoldfastException;
import io.holdfast.store.CheckedBody;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Writes objects: in one request up to a length, in parts above it. */
final class S3Puts {
    private static final String TYPE = "application/octet-stream";
    private static final long SMALLEST_PART = 64L << 20;
    private static final int MOST_PARTS = 10_000;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final S3Settings settings;
    private final S3Failures failures;

    S3Puts(S3Client client, S3Settings settings, S3Failures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * What was written.
     *
     * @param version the id of the version; empty in a bucket without versions
     * @param etag the tag of the content
     */
    record Written(String version, String etag) {}

    /** Writes an object; empty if its condition did not hold. */
    Optional<Written> put(ObjectName name, ObjectBody body, PutMode mode, Protection protection) {
        try {
            return settings.inParts(body.length(), mode)
                    ? Optional.of(new Parts(name, body, mode, protection).put())
                    : Optional.of(whole(name, body, mode, protection));
        } catch (AwsServiceException refused) {
            boolean absent = mode instanceof PutMode.ReplaceVersion
                    && refused.statusCode() == NOT_FOUND
                    && !S3Failures.codeOf(refused).equals("NoSuchBucket");
            if (refused.statusCode() == PRECONDITION_FAILED || absent) {
                return Optional.empty();
            }
            throw failures.describe("writing", name.value(), refused, S3Failures.Effect.CHANGE);
        } catch (SdkException e) {
            throw failures.describe("writing", name.value(), e, S3Failures.Effect.CHANGE);
        }
    }

    private Written whole(ObjectName name, ObjectBody given, PutMode mode, Protection protection) {
        try (CheckedBody body = new CheckedBody(name, given)) {
            return whole(name, body, mode, protection);
        }
    }

    private Written whole(ObjectName name, CheckedBody body, PutMode mode, Protection protection) {
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(settings.key(name))
                .contentLength(body.length())
                .contentType(TYPE);
        settings.encryption().ifPresent(put::serverSideEncryption);
        settings.encryptionKey().ifPresent(put::ssekmsKeyId);
        settings.storageClass(name).ifPresent(put::storageClass);
        protection
                .retainUntil()
                .ifPresent(date -> put.objectLockMode(lockMode()).objectLockRetainUntilDate(upTo(date)));
        if (protection.hold()) {
            put.objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON);
        }
        if (mode instanceof PutMode.CreateOnly) {
            put.ifNoneMatch("*");
        } else if (mode instanceof PutMode.ReplaceVersion replace) {
            put.ifMatch(replace.version());
        }
        if (settings.checksums() == ChecksumMode.MD5) {
            put.contentMD5(base64(body.md5()));
        }
        PutObjectResponse answer = sent(body, () -> client.putObject(put.build(), requestBody(body)));
        return written(answer.versionId(), answer.eTag());
    }

    private static Written written(@Nullable String version, @Nullable String etag) {
        return new Written(version == null ? "" : version, etag == null ? "" : etag);
    }

    private static String base64(byte[] md5) {
        return Base64.getEncoder().encodeToString(md5);
    }

    private static RequestBody requestBody(CheckedBody body) {
        return RequestBody.fromContentProvider(body::open, body.length(), TYPE);
    }

    /** What the body throws goes to the caller as it is. */
    private static <T> T sent(CheckedBody body, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            body.throwIfFailed();
            throw e;
        }
    }

    private ObjectLockMode lockMode() {
        return isCompliance(settings) ? ObjectLockMode.COMPLIANCE : ObjectLockMode.GOVERNANCE;
    }

    private static boolean isCompliance(S3Settings settings) {
        return settings.lock().filter(LockMode.COMPLIANCE::equals).isPresent();
    }

    static ObjectLockRetentionMode retentionMode(S3Settings settings) {
        return isCompliance(settings) ? ObjectLockRetentionMode.COMPLIANCE : ObjectLockRetentionMode.GOVERNANCE;
    }

    /** Services keep whole seconds: the next one, so that nothing is protected for less than was asked. */
    static Instant upTo(Instant date) {
        Instant second = date.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(date) ? date : second.plusSeconds(1);
    }

    /** One put in parts; nothing is visible before the last request. */
    private final class Parts {
        private final ObjectName name;
        private final ObjectBody body;
        private final PutMode mode;
        private final Protection protection;

        Parts(ObjectName name, ObjectBody body, PutMode mode, Protection protection) {
            this.name = name;
            this.body = body;
            this.mode = mode;
            this.protection = protection;
        }

        Written put() {
            String upload = begin();
            List<CompletedPart> parts;
            try {
                parts = upload(upload);
            } catch (RuntimeException | Error e) {
                abort(upload);
                throw e;
            }
            return complete(upload, parts);
        }

        private String begin() {
            CreateMultipartUploadRequest.Builder begin = CreateMultipartUploadRequest.builder()
                    .bucket(settings.bucket())
                    .key(settings.key(name))
                    .contentType(TYPE);
            settings.encryption().ifPresent(begin::serverSideEncryption);
            settings.encryptionKey().ifPresent(begin::ssekmsKeyId);
            settings.storageClass(name).ifPresent(begin::storageClass);
            protection
                    .retainUntil()
                    .ifPresent(date -> begin.objectLockMode(lockMode()).objectLockRetainUntilDate(upTo(date)));
            if (protection.hold()) {
                begin.objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON);
            }
            return client.createMultipartUpload(begin.build()).uploadId();
        }

        private List<CompletedPart> upload(String upload) {
            long size = Math.max(SMALLEST_PART, (body.length() + MOST_PARTS - 1) / MOST_PARTS);
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < body.length(); from += size) {
                try (CheckedBody part = new CheckedBody(name, body, from, Math.min(size, body.length() - from))) {
                    parts.add(upload(upload, parts.size() + 1, part));
                }
            }
            return parts;
        }

        private CompletedPart upload(String upload, int number, CheckedBody part) {
            UploadPartRequest.Builder request = UploadPartRequest.builder()
                    .bucket(settings.bucket())
                    .key(settings.key(name))
                    .uploadId(upload)
                    .partNumber(number)
                    .contentLength(part.length());
            if (settings.checksums() == ChecksumMode.MD5) {
                request.contentMD5(base64(part.md5()));
            }
            String etag = sent(part, () -> client.uploadPart(request.build(), requestBody(part)))
                    .eTag();
            return CompletedPart.builder().partNumber(number).eTag(etag).build();
        }

        private Written complete(String upload, List<CompletedPart> parts) {
            CompleteMultipartUploadRequest.Builder complete = CompleteMultipartUploadRequest.builder()
                    .bucket(settings.bucket())
                    .key(settings.key(name))
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts));
            if (mode instanceof PutMode.CreateOnly) {
                complete.ifNoneMatch("*");
            } else if (mode instanceof PutMode.ReplaceVersion replace) {
                complete.ifMatch(replace.version());
            }
            try {
                CompleteMultipartUploadResponse answer = client.completeMultipartUpload(complete.build());
                return written(answer.versionId(), answer.eTag());
            } catch (AwsServiceException refused) {
                if (refused.statusCode() == PRECONDITION_FAILED) {
                    abort(upload);
                }
                throw refused;
            }
        }

        /** Gives the parts back as far as possible; a lifecycle rule of the bucket removes what stays. */
        private void abort(String upload) {
            try {
                client.abortMultipartUpload(request -> request.bucket(settings.bucket())
                        .key(settings.key(name))
                        .uploadId(upload));
            } catch (SdkException | HoldfastException e) {
                org.slf4j.LoggerFactory.getLogger(S3ObjectStore.class)
                        .warn(
                                "The parts of an upload of {} to {} stay behind: {}",
                                name,
                                settings.place(),
                                e.getMessage());
            }
        }
    }
}
