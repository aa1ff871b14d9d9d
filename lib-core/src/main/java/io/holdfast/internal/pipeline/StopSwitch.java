// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

/** The wish to stop: set once from any thread, seen by all. */
public final class StopSwitch {
    private volatile boolean set;

    /** Asks the session for a checkpoint and an orderly end. */
    public void set() {
        set = true;
    }

    boolean isSet() {
        return set;
    }
}
