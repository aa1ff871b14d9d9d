// SPDX-License-Identifier: Apache-2.0
package io.holdfast.error;

import org.jspecify.annotations.Nullable;

/** No key slot opens, or a key slot or cryptographic provider cannot be used. */
public final class KeyException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error without a cause.
     *
     * @param code what kind of error it is
     * @param message what happened, with values
     * @param remedy what to do
     */
    public KeyException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    /**
     * Creates the error.
     *
     * @param code what kind of error it is
     * @param message what happened, with values
     * @param remedy what to do
     * @param cause what caused it, or null
     */
    public KeyException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
        super(code, message, remedy, cause);
    }
}
