// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How many calls a session has needed so far.
 *
 * @param mode what kind of session it is, such as {@code first}, {@code resync} or {@code incremental}; each is compared with its own kind; at most 64
 *     bytes of UTF-8
 * @param calls calls sent, as the service counts them
 * @param changes changes handled
 */
public record SessionCalls(String mode, long calls, long changes) {

    /** Checks the ranges. */
    public SessionCalls {
        Objects.requireNonNull(mode, "mode");
        if (mode.getBytes(StandardCharsets.UTF_8).length > 64) {
            throw new IllegalArgumentException(
                    "the mode '" + mode + "' has more than 64 bytes; give a short fixed name");
        }
        if (calls < 0 || changes < 0) {
            throw new IllegalArgumentException(calls + " calls for " + changes + " changes; neither can be negative");
        }
    }

    /** Calls per change; a session without changes needs some calls, too, which are set against a hundred changes. */
    double perChange() {
        return (double) calls / Math.max(100, changes);
    }
}
