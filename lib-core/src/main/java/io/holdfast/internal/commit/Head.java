// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.History;
import io.holdfast.internal.format.ProgressRecord;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The end of a lineage as a session found it: what it builds on, and the number that comes next.
 *
 * @param newest the newest record that holds, or empty if the lineage has none
 * @param rivals other records of the same number, which a fork left behind
 * @param highestTaken the highest number that any record bears, void ones included
 * @param highestEpoch the highest epoch of the records that were read
 */
public record Head(Optional<StoredRecord> newest, List<RecordId> rivals, long highestTaken, long highestEpoch) {

    /** Copies the list and checks for null. */
    public Head {
        Objects.requireNonNull(newest, "newest");
        rivals = List.copyOf(rivals);
    }

    /**
     * The number of the record that comes next.
     *
     * @return one above all that are taken
     */
    public long nextNumber() {
        return highestTaken + 1;
    }

    /**
     * What the next record names as its parents.
     *
     * @return the newest record first, then its rivals
     */
    public List<RecordId> parents() {
        return Stream.concat(newest.map(StoredRecord::id).stream(), rivals.stream())
                .toList();
    }

    /**
     * What progress records of a session on this head are based on.
     *
     * @return number and hash of the newest record, or 0 and nothing
     */
    public ProgressRecord.Base base() {
        return newest.map(stored -> new ProgressRecord.Base(
                        stored.id().number(), stored.id().hash()))
                .orElseGet(() -> new ProgressRecord.Base(0, new byte[0]));
    }

    /**
     * The state that a session continues.
     *
     * @return the state of the newest record, or empty if there is none
     */
    public Optional<SnapshotRecord.State> state() {
        return newest.map(stored -> stored.record().state());
    }

    /** The history that the next record holds. */
    History history() {
        return newest.map(stored -> History.of(
                                stored.id().number() - 1, stored.record().history())
                        .with(stored.id()))
                .orElseGet(History::empty)
                .upTo(highestTaken);
    }
}
