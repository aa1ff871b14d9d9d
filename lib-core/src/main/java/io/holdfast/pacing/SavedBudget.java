// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Instant;
import java.util.Objects;

/**
 * What is left of a budget whose period is longer than an hour, for the next process.
 *
 * @param scope whose budget
 * @param limit which of its limits
 * @param left what may be spent at once; negative for a debt
 * @param at when that was so
 */
public record SavedBudget(Scope scope, Limit.Rate limit, double left, Instant at) {

    /** Checks for null and the number. */
    public SavedBudget {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(at, "at");
        if (!Double.isFinite(left)) {
            throw new IllegalArgumentException("what is left of " + limit + " is " + left + "; it must be a number");
        }
    }
}
