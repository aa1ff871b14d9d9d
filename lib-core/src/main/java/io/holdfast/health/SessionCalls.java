// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import java.util.Objects;

/**
 * How many calls a session has needed so far.
 *
 * @param mode what kind of session it is, such as {@code first}, {@code resync} or {@code incremental}; each is compared with its own kind
 * @param calls calls sent, as the service counts them
 * @param changes changes handled
 */
public record SessionCalls(String mode, long calls, long changes) {

    /** Checks the ranges. */
    public SessionCalls {
        Objects.requireNonNull(mode, "mode");
        if (calls < 0 || changes < 0) {
            throw new IllegalArgumentException(calls + " calls for " + changes + " changes; neither can be negative");
        }
    }

    /** Calls per change; a session without changes needs some calls, too, which are set against a hundred changes. */
    double perChange() {
        return (double) calls / Math.max(100, changes);
    }
}
