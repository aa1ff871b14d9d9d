// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import java.time.Instant;
import java.util.Objects;

/**
 * When a session should begin.
 *
 * @param at the start; on the hour, except when a session is due at once
 * @param trouble the part of answers that is expected to be throttled or slow, 0 to 1
 * @param confidence how well that is known, from 0 (a guess) to nearly 1 (seen in many weeks)
 */
public record ProposedStart(Instant at, double trouble, double confidence) {

    /** Checks for null. */
    public ProposedStart {
        Objects.requireNonNull(at, "at");
    }
}
