// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import io.holdfast.diagnosis.Finding.Condition;
import io.holdfast.exchange.ErrorAnswer;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.runtime.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Asks a part of a service for something small, or something large, past pacer and breakers: they are what it is asked about. */
final class PingProbe {
    private final Egress egress;
    private final ServiceDialect dialect;
    private final TimeSource time;

    PingProbe(Egress egress, ServiceDialect dialect, TimeSource time) {
        this.egress = egress;
        this.dialect = dialect;
        this.time = time;
    }

    Finding ask(Ping ping, Optional<String> token) {
        long begun = time.nanos();
        HttpRequest request = ping.http().with("Accept-Encoding", "identity");
        if (token.isPresent()) {
            request = request.with("Authorization", "Bearer " + token.get());
        }
        try (HttpResponse response = egress.transport().send(request)) {
            if (response.status() / 100 == 2 && !isPage(response)) {
                long bytes = response.body().transferTo(OutputStream.nullOutputStream());
                Layer layer = ping.large() ? Layer.PATH : Layer.SERVICE;
                return finding(ping, layer, Condition.OK, response.status() + ", " + bytes + " bytes", begun);
            }
            return judged(ping, response, token.isPresent(), begun);
        } catch (IOException e) {
            // Sessions with this host were made a moment ago: what fails now is that they do not hold.
            return finding(ping, Layer.PATH, Condition.FAILED, String.valueOf(e.getMessage()), begun);
        }
    }

    private static boolean isPage(HttpResponse response) {
        return response.fields()
                .first("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("text/html");
    }

    private Finding judged(Ping ping, HttpResponse response, boolean withToken, long begun) throws IOException {
        byte[] start = response.body().readNBytes(ErrorAnswer.MOST_BODY);
        ErrorAnswer answer = new ErrorAnswer(response.status(), response.fields(), start, time.now(), withToken);
        if (answer.isHtml()) {
            String detail = "a page for people (" + answer.status() + ") came in the place of the service's answer";
            return finding(ping, Layer.PROXY, Condition.FAILED, detail, begun);
        }
        Failure failure = dialect.classify(answer).failure();
        String detail = "answered " + answer.status() + " " + failure.code();
        FailureCategory category = failure.category();
        if (category == FailureCategory.THROTTLED) {
            String until = failure.retryAfter()
                    .map(wait -> ", to be asked again after " + wait)
                    .orElse("");
            return finding(ping, Layer.SERVICE, Condition.THROTTLED, detail + until, begun);
        }
        return finding(ping, layerOf(category), conditionOf(category), detail, begun);
    }

    private static Layer layerOf(FailureCategory category) {
        switch (category) {
            case TOKEN_EXPIRED:
            case CREDENTIAL_REJECTED:
            case IDENTITY_OUTAGE:
                return Layer.TOKEN;
            case PERMISSION_MISSING:
                return Layer.PERMISSION;
            case CONNECT:
                return Layer.PROXY;
            default:
                return Layer.SERVICE;
        }
    }

    /** A service that knows that something is not there, or locked, works. */
    private static Condition conditionOf(FailureCategory category) {
        switch (category) {
            case GONE:
            case NOT_AVAILABLE:
            case CONFLICT:
                return Condition.OK;
            default:
                return Condition.FAILED;
        }
    }

    private Finding finding(Ping ping, Layer layer, Condition condition, String detail, long begun) {
        Duration took = Duration.ofNanos(time.nanos() - begun);
        return new Finding(egress.name(), ping.pool(), layer, condition, detail, took);
    }
}
