// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a request, as far as budgets are concerned. */
public sealed interface Answer {

    /**
     * The service worked on it, with whatever result.
     *
     * @param actual what it cost, as far as the answer tells; replaces the estimate
     * @param feedback what the answer tells of the budget
     */
    record Served(Cost actual, Optional<RateFeedback> feedback) implements Answer {
        /** Checks for null. */
        public Served {
            Objects.requireNonNull(actual, "actual");
            Objects.requireNonNull(feedback, "feedback");
        }
    }

    /**
     * The service refused it for its number; that costs budget too.
     *
     * @param level the innermost level that the answer names: nothing of that scope is sent until the wait is over
     * @param retryAfter how long the service asked to wait; empty if it did not say
     */
    record Throttled(ScopeLevel level, Optional<Duration> retryAfter) implements Answer {
        /** Checks for null. */
        public Throttled {
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }

    /** There was no answer; what was spent stays spent. */
    record Lost() implements Answer {}
}
