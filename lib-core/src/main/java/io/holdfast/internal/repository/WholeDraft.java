// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import java.util.function.BiConsumer;

/**
 * A draft that is a whole run already.
 *
 * @param run the run
 * @param whenPlaced hears where it stands, with its bytes
 * @param whenDropped hears that it was taken back
 */
record WholeDraft(RunInMemory.Written run, BiConsumer<RunRef, byte[]> whenPlaced, Runnable whenDropped)
        implements RunDraft {

    @Override
    public String kind() {
        return run.kind().label();
    }

    @Override
    public byte[] bytes() {
        return run.bytes();
    }

    @Override
    public RunRef at(String object, long offset) {
        return run.at(object, offset);
    }

    @Override
    public void placed(RunRef ref) {
        whenPlaced.accept(ref, run.bytes());
    }

    @Override
    public void drop() {
        whenDropped.run();
    }
}
