// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.SessionWork;
import java.time.Instant;

/**
 * When a resource was caught up last: its state says so only while that lies before the record that is read, so that a session that
 * finds nothing new has nothing to write.
 */
final class Completion {
    /** Stands for a resource that was never caught up. */
    static final Instant NEVER = Instant.EPOCH;

    private Completion() {}

    static Instant before(SessionWork work, ResourceState state) {
        if (state.lastCompleted().isPresent()) {
            return state.lastCompleted().get();
        }
        boolean stored =
                work.table().find(state.id()).isPresent() && work.parent().isPresent();
        return stored ? work.parent().get().times().committed() : NEVER;
    }
}
