// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import java.util.Objects;

/**
 * What a session lends to an open source.
 *
 * @param runtime time, randomness and threads
 * @param memory the session's byte budget; everything that a connector buffers is reserved here
 * @param earlier what the source had learned by its last snapshot
 */
public record SourceContext(HoldfastRuntime runtime, MemoryBudget memory, Observations earlier) {

    /** Checks for null. */
    public SourceContext {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(earlier, "earlier");
    }

    /**
     * A context without a past.
     *
     * @param runtime time, randomness and threads
     * @param memory the byte budget
     */
    public SourceContext(HoldfastRuntime runtime, MemoryBudget memory) {
        this(runtime, memory, Observations.none());
    }
}
