// SPDX-License-Identifier: Apache-2.0
package io.holdfast.error;

import org.jspecify.annotations.Nullable;

/** The store does not have the object that was asked for. */
public final class ObjectMissingException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param object the object's name
     * @param cause what caused it, or null
     */
    public ObjectMissingException(String object, @Nullable Throwable cause) {
        super(
                ErrorCode.STORE_OBJECT_MISSING,
                "object '" + object + "' is not in the store",
                "Run verify to learn which items need it",
                cause);
    }
}
