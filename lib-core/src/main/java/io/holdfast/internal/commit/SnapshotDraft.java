// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a session wants to commit; the log adds number, parents, history and descriptor.
 *
 * @param type what it commits
 * @param origin whose lineage it is, and by which engine
 * @param epoch the epoch of the writer
 * @param seen the newest retire number that was read before the first lookup, or the smaller one of the progress that it continues
 * @param siblings the newest records of other lineages that the session saw
 * @param content what is restorable
 * @param usedProgress the name of the progress record that it used up; empty for none
 * @param times when the session began and when it commits
 * @param observations what connectors learned, at most 64 KiB
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way into a record; compared by nobody
public record SnapshotDraft(
        SnapshotRecord.Type type,
        Origin origin,
        long epoch,
        long seen,
        Map<String, RecordId> siblings,
        Content content,
        String usedProgress,
        SnapshotRecord.Times times,
        byte[] observations) {

    /** Copies and checks for null. */
    public SnapshotDraft {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(usedProgress, "usedProgress");
        Objects.requireNonNull(times, "times");
        siblings = Map.copyOf(siblings);
    }

    /**
     * Whose lineage a record belongs to, in plain words; sealed with the record.
     *
     * @param source the name of the source
     * @param tenant the tenant of the source
     * @param engine the version of the engine
     */
    public record Origin(String source, String tenant, String engine) {
        /** Checks for null. */
        public Origin {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(engine, "engine");
        }
    }

    /**
     * What a record makes restorable.
     *
     * @param state the tenant's table
     * @param packs packs that no index run names yet
     * @param added the names of all objects that the session added, which stand in the plain front
     */
    public record Content(SnapshotRecord.State state, List<PackRef> packs, List<String> added) {
        /** Copies the lists and checks for null. */
        public Content {
            Objects.requireNonNull(state, "state");
            packs = List.copyOf(packs);
            added = List.copyOf(added);
        }
    }

    SnapshotRecord at(Head head, String lineage, RecordId descriptor) {
        return new SnapshotRecord(
                type,
                head.nextNumber(),
                lineage,
                origin.source(),
                origin.tenant(),
                epoch,
                head.parents(),
                siblings,
                head.history().peaks(),
                seen,
                descriptor,
                content.state(),
                content.packs(),
                usedProgress,
                times,
                observations,
                origin.engine(),
                new byte[0]);
    }
}
