// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One failure as a policy sees it.
 *
 * @param category what kind it is
 * @param code the raw code of the service or store, such as {@code 503} or {@code ErrorItemNotFound}; empty if none
 * @param retryAfter how long the other side asked to wait, if it did
 */
public record Failure(FailureCategory category, String code, Optional<Duration> retryAfter) {

    /** Checks for null. */
    public Failure {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /**
     * Whether it says "not now" rather than "not this": the service or its gatekeepers ask to wait, and what the request was about has no fault.
     *
     * @return true if the work is better put aside than given up
     */
    public boolean asksToWait() {
        return category == FailureCategory.THROTTLED
                || category == FailureCategory.IDENTITY_OUTAGE
                || retryAfter.isPresent();
    }

    /**
     * A failure without a wish of the other side.
     *
     * @param category what kind it is
     * @param code the raw code
     * @return the failure
     */
    public static Failure of(FailureCategory category, String code) {
        return new Failure(category, code, Optional.empty());
    }
}
