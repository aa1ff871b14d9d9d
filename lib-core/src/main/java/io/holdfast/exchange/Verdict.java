// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Failure;
import java.util.Objects;

/**
 * What an answer means.
 *
 * @param failure what kind of failure it is
 * @param level of a throttled one, whose requests were too many: the innermost level that the answer names
 */
public record Verdict(Failure failure, ScopeLevel level) {

    /** Checks for null. */
    public Verdict {
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(level, "level");
    }

    /**
     * A verdict on one resource.
     *
     * @param failure what kind of failure it is
     * @return the verdict
     */
    public static Verdict of(Failure failure) {
        return new Verdict(failure, ScopeLevel.RESOURCE);
    }
}
