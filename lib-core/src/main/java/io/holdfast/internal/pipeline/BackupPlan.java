// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.split.Chunker;
import io.holdfast.observe.SessionListener;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Resource;
import io.holdfast.source.SourceConnector;
import java.util.function.Predicate;

/**
 * What a backup session is made of.
 *
 * @param connector the source
 * @param selected which resources are visited
 * @param retryFailures whether the ledger's items are tried before they are due
 * @param policy how failed operations are tried again
 * @param runtime time, randomness and threads
 * @param memory the session's byte budget
 * @param concurrency how many tasks may work at once, at least 1; fewer do where their buffers would fill an eighth of the memory
 * @param chunker cuts long contents
 * @param listener hears what happens
 */
public record BackupPlan(
        SourceConnector connector,
        Predicate<Resource> selected,
        boolean retryFailures,
        RetryPolicy policy,
        HoldfastRuntime runtime,
        MemoryBudget memory,
        int concurrency,
        Chunker chunker,
        SessionListener listener) {

    /** Bounds the tasks by the memory. */
    public BackupPlan {
        long most = memory.totalBytes() / 8 / (2 * ContentStore.baseBytes());
        concurrency = (int) Math.max(1, Math.min(concurrency, most));
    }
}
