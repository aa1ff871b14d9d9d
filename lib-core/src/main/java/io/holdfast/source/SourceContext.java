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
 */
public record SourceContext(HoldfastRuntime runtime, MemoryBudget memory) {

    /** Checks for null. */
    public SourceContext {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(memory, "memory");
    }
}
