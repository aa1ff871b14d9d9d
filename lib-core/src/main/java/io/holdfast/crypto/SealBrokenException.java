// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

/** A sealed message does not open: it was altered, cut, moved, or sealed under another key. */
public final class SealBrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what does not open
     */
    public SealBrokenException(String message) {
        super(message);
    }
}
