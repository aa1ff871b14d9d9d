// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import java.time.Duration;
import java.util.Optional;

/** What a status means where nothing else is known (RFC 9110, section 15; RFC 6585). */
final class StatusVerdicts {
    private StatusVerdicts() {}

    static Verdict of(ErrorAnswer answer) {
        Optional<Duration> wait = answer.retryAfter();
        return Verdict.of(new Failure(category(answer, wait.isPresent()), String.valueOf(answer.status()), wait));
    }

    private static FailureCategory category(ErrorAnswer answer, boolean asksToWait) {
        switch (answer.status()) {
            case 401:
                return answer.withToken() ? FailureCategory.TOKEN_EXPIRED : FailureCategory.PERMISSION_MISSING;
            case 403:
                return FailureCategory.PERMISSION_MISSING;
            case 402:
            case 423:
                return FailureCategory.NOT_AVAILABLE;
            case 404:
                // Who knows that something is gone says so: without a word it was a server on the way that gave up.
                return answer.body().length == 0 ? FailureCategory.TRANSIENT : FailureCategory.GONE;
            case 410:
                return FailureCategory.GONE;
            case 407:
                return FailureCategory.CONNECT;
            case 409:
            case 412:
                return FailureCategory.CONFLICT;
            case 416:
                return FailureCategory.CONTENT_MISMATCH;
            case 429:
            case 509:
                return FailureCategory.THROTTLED;
            case 503:
                return asksToWait ? FailureCategory.THROTTLED : FailureCategory.TRANSIENT;
            case 507:
                return FailureCategory.TARGET_FULL;
            case 408:
            case 425:
            case 500:
            case 502:
            case 504:
                return FailureCategory.TRANSIENT;
            default:
                return FailureCategory.UNKNOWN;
        }
    }
}
