// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import org.jspecify.annotations.Nullable;

/** Words the one error for a run whose bytes are not what a writer wrote. */
final class RunDamage {
    private RunDamage() {}

    /**
     * The error.
     *
     * @param run the run's name
     * @param place the part of it, such as {@code block 7}
     * @param what what is wrong
     */
    static RepositoryException in(String run, String place, String what) {
        return in(run, place, what, null);
    }

    /** The error with what caused it. */
    static RepositoryException in(String run, String place, String what, @Nullable Throwable cause) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "run '" + run + "' is damaged in " + place + ": " + what,
                "Run verify to learn which items need it, then repair",
                cause);
    }
}
