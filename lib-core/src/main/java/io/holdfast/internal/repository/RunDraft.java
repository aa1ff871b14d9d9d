// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.pack.Annex;

/**
 * A run that is written in memory and waits for its place in the store; for one thread.
 *
 * <p>What it was made from stays readable all the while. It is either {@linkplain #placed placed} once its object is durable, or dropped, in
 * which case its changes are pending again.
 */
public interface RunDraft extends Annex {

    /**
     * Makes the run a part of what it changes.
     *
     * @param ref where it stands, durably
     */
    void placed(RunRef ref);

    /** Takes the draft back: its changes are pending again. */
    void drop();
}
