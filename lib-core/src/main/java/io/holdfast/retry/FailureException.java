// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an operation failed in a way that has a {@link Failure}; a connector throws it, the engine's retrier decides.
 *
 * <p>Not a {@link io.holdfast.error.HoldfastException}: it is material for a decision, and never reaches a host.
 */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /**
     * Creates the exception.
     *
     * @param failure what kind of failure it is
     * @param message what happened, without content or secrets
     * @param cause what caused it, or null
     */
    public FailureException(Failure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = Objects.requireNonNull(failure);
    }

    /**
     * What kind of failure it is.
     *
     * @return the failure
     */
    public Failure failure() {
        return failure;
    }
}
