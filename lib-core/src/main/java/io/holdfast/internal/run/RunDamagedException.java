// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import org.jspecify.annotations.Nullable;

/** A run's bytes are not what a writer wrote; the message names the run and the place. */
public final class RunDamagedException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param run the run's name
     * @param place the part of it, such as {@code block 7}
     * @param what what is wrong
     * @param cause what caused it, or null
     */
    RunDamagedException(String run, String place, String what, @Nullable Throwable cause) {
        super(
                ErrorCode.REPOSITORY_DAMAGED,
                "run '" + run + "' is damaged in " + place + ": " + what,
                "Run verify to learn which items need it, then repair",
                cause);
    }

    RunDamagedException(String run, String place, String what) {
        this(run, place, what, null);
    }
}
