// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.seal.RepositoryKeys;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Reads what records hold, as far as the runs that they name are sound; for one thread.
 *
 * @param shelf reads runs, with caches of its own
 * @param keys the keys of the repository
 * @param runs says which runs are sound
 * @param findings where damage is told
 */
record Snapshotted(RunShelf shelf, RepositoryKeys keys, RunCheck runs, Findings findings) {

    /** Gives the resources of a record, each with the damaged runs of its manifest; none if the table is damaged. */
    void forEachState(SnapshotRecord record, BiConsumer<ResourceState, List<RunRef>> consumer) {
        if (runs.damaged(record.state().table()).isEmpty()) {
            table(record).forEach(state -> consumer.accept(state, runs.damaged(state.manifest())));
        }
    }

    TableRuns table(SnapshotRecord record) {
        return new TableRuns(shelf, keys, record.state().table(), record.state().inlineTable());
    }

    /** The live entries of a resource's manifest. */
    RunCursor live(ResourceState state) {
        return new RunStack(shelf, state.manifest()).live(null, List.of());
    }
}
