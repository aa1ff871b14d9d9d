// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

/** Ends work that was interrupted; no error of the store, so that nobody tries again. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoppedException() {
        super("interrupted");
    }
}
