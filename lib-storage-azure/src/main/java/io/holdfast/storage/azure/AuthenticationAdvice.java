// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.models.BlobStorageException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what is wrong with credentials that a service refused: it calls everything {@code AuthenticationFailed}, and answers to HEAD have no body. */
final class AuthenticationAdvice {
    /** What Azure tolerates. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    private AuthenticationAdvice() {}

    /** What to do, by the times in the request and in its answer. */
    static String of(BlobStorageException refused) {
        HttpResponse answer = refused.getResponse();
        HttpRequest request = answer.getRequest();
        Optional<Instant> theirs = date(answer.getHeaderValue(HttpHeaderName.DATE));
        boolean bearer = String.valueOf(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
                .startsWith("Bearer ");
        boolean signature = ("&" + request.getUrl().getQuery()).contains("&sig=");
        if (signature) {
            boolean expired = theirs.filter(
                            now -> expiry(request).filter(now::isAfter).isPresent())
                    .isPresent();
            return expired
                    ? "The shared access signature has expired: renew it, then run the command again"
                    : "Correct or renew the shared access signature";
        }
        Optional<Instant> ours = date(request.getHeaders().getValue(HttpHeaderName.DATE));
        boolean skewed = theirs.isPresent()
                && ours.isPresent()
                && Duration.between(theirs.get(), ours.get()).abs().compareTo(SKEW) > 0;
        if (skewed && !bearer) {
            return "Set the clock of this machine: the service refuses requests from another time";
        }
        return bearer
                ? "Renew the access token, and ask for one with the scope https://storage.azure.com/.default"
                : "Correct the account's name and its key";
    }

    private static Optional<Instant> expiry(HttpRequest request) {
        return Arrays.stream(request.getUrl().getQuery().split("&"))
                .filter(each -> each.startsWith("se="))
                .findFirst()
                .flatMap(each -> time(URLDecoder.decode(each.substring(3), StandardCharsets.UTF_8)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(@Nullable String header) {
        try {
            return header == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
