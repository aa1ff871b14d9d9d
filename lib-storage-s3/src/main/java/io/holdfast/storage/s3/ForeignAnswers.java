// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Takes no page of a proxy for an answer of the service: one that wants somebody to sign in comes with status 200, and a put that got it is not
 * done. Nothing that the service answers is HTML, as no object is put as such.
 */
final class ForeignAnswers implements ExecutionInterceptor {

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        SdkHttpResponse answer = context.httpResponse();
        boolean page = answer.firstMatchingHeader("content-type")
                .filter(type -> type.startsWith("text/html"))
                .isPresent();
        if (answer.isSuccessful() && page) {
            throw S3Exception.builder()
                    .statusCode(answer.statusCode())
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("")
                            .errorMessage("a page of HTML")
                            .sdkHttpResponse(answer)
                            .build())
                    .build();
        }
    }
}
