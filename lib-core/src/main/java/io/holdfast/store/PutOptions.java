// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.util.Objects;

/**
 * How to put an object.
 *
 * @param mode when to write
 * @param protection how long to protect it from the first moment on
 */
public record PutOptions(PutMode mode, Protection protection) {

    /** Checks for null. */
    public PutOptions {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(protection, "protection");
    }

    /**
     * Writes only if nothing stands there, without protection.
     *
     * @return the options
     */
    public static PutOptions createOnly() {
        return new PutOptions(PutMode.createOnly(), Protection.none());
    }

    /**
     * Writes whatever stands there, without protection.
     *
     * @return the options
     */
    public static PutOptions overwrite() {
        return new PutOptions(PutMode.overwrite(), Protection.none());
    }
}
