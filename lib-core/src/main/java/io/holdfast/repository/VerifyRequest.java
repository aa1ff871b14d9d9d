// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import java.util.Objects;
import java.util.Optional;

/**
 * What to verify.
 *
 * @param level how deep
 * @param samplePercent how many percent of the frames are opened at the levels that open frames, more than 0 to 100; which ones rotates
 * @param expect the witness of a snapshot that must be there, as {@code N:HASH}; a repository that was set back is found by it
 */
public record VerifyRequest(VerifyLevel level, double samplePercent, Optional<String> expect) {

    /** Checks the range. */
    public VerifyRequest {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(expect, "expect");
        if (!(samplePercent > 0 && samplePercent <= 100)) {
            throw new IllegalArgumentException("sample of " + samplePercent + " %; allowed are more than 0 to 100");
        }
    }

    /**
     * A whole verification.
     *
     * @param level how deep
     * @return the request
     */
    public static VerifyRequest of(VerifyLevel level) {
        return new VerifyRequest(level, 100, Optional.empty());
    }
}
