// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import io.holdfast.pacing.Scope;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A breaker changed its state.
 *
 * @param scope what it stands before: a pool of a tenant
 * @param state the new state
 * @param at when
 * @param cause the failure that opened it; present when {@code state} is {@code OPEN}
 * @param until when a probe is let through at the earliest; present when {@code state} is {@code OPEN}
 */
public record BreakerEvent(Scope scope, State state, Instant at, Optional<Failure> cause, Optional<Instant> until) {

    /** Checks for null. */
    public BreakerEvent {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(until, "until");
    }

    /** What a breaker does with requests. */
    public enum State {
        /** Lets all through. */
        CLOSED,
        /** Lets none through. */
        OPEN,
        /** Lets one through at a time, to see how it fares. */
        HALF_OPEN
    }
}
