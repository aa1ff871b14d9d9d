// SPDX-License-Identifier: Apache-2.0
package io.holdfast.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of all errors that the SDK throws.
 *
 * <p>Each subtype is a cause that a caller can act on; the family may grow in minor releases, so a caller needs a
 * default branch on {@link #code()}. The message says what happened, with values; {@link #remedy()} says what to do. Neither
 * ever holds a secret or content of an item. Bad arguments are {@link IllegalArgumentException}, not this.
 */
public abstract class HoldfastException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of error it is. */
    private final ErrorCode code;

    /** What to do, in the imperative. */
    private final String remedy;

    /**
     * Creates the error.
     *
     * @param code what kind of error it is
     * @param message what happened, with values, on one line
     * @param remedy what to do, in the imperative
     * @param cause what caused it, or null
     */
    protected HoldfastException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * The stable code.
     *
     * @return the code
     */
    public final ErrorCode code() {
        return code;
    }

    /**
     * What the caller can do about it.
     *
     * @return a sentence in the imperative
     */
    public final String remedy() {
        return remedy;
    }

    /**
     * Whether the operation may be tried again.
     *
     * @return the retry class of the code
     */
    public final RetryClass retryClass() {
        return code.retryClass();
    }

    /**
     * The message of this error.
     *
     * @return what happened, never null
     */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    @Override
    public final String toString() {
        return code.id() + ": " + getMessage() + ". " + remedy;
    }
}
