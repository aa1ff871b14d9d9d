// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Instant;
import java.util.Objects;

/** What the pacer said to a request. */
public sealed interface Admission {

    /**
     * Send it now.
     *
     * @param permit to be told the answer, and closed
     */
    record Admitted(Permit permit) implements Admission {
        /** Checks for null. */
        public Admitted {
            Objects.requireNonNull(permit, "permit");
        }
    }

    /**
     * It would have to wait for longer than the caller's patience: put the work aside, and keep no thread, slot or memory for it.
     *
     * @param scope whose budget or wait is in the way
     * @param until when it may go on, at the earliest
     */
    record Parked(Scope scope, Instant until) implements Admission {
        /** Checks for null. */
        public Parked {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(until, "until");
        }
    }
}
