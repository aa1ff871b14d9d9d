// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes many objects, or given versions of them, with as few requests as S3 allows. */
final class S3Deletes {
    private static final int MOST_KEYS = 1_000;

    private final S3Client client;
    private final S3Settings settings;

    S3Deletes(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Gives the error of each key that has one: its own, or that of the request that it was in. No key may come twice. */
    Map<String, SdkException> delete(List<ObjectIdentifier> objects) {
        Map<String, SdkException> errors = new HashMap<>();
        for (int from = 0; from < objects.size(); from += MOST_KEYS) {
            List<ObjectIdentifier> some = objects.subList(from, Math.min(objects.size(), from + MOST_KEYS));
            try {
                client.deleteObjects(request -> request.bucket(settings.bucket())
                                .delete(all -> all.quiet(true).objects(some)))
                        .errors()
                        .forEach(each -> errors.put(each.key(), error(each)));
            } catch (SdkException e) {
                some.forEach(each -> errors.put(each.key(), e));
            }
        }
        return errors;
    }

    /** The error of one key comes without the status that the same error has as an answer. */
    private static AwsServiceException error(S3Error error) {
        int status = switch (Optional.ofNullable(error.code()).orElse("")) {
            case "AccessDenied" -> 403;
            case "SlowDown", "ServiceUnavailable" -> 503;
            default -> 500;
        };
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(error.code())
                        .errorMessage(error.message())
                        .build())
                .build();
    }
}
