// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.manifest.ManifestDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The body of a commit record: the one thing that makes a session's work visible.
 *
 * @param type what the record commits
 * @param number its number in its lineage, from 1 without gaps
 * @param lineage the keyed name of its lineage
 * @param source the name of the source
 * @param tenant the tenant of the source
 * @param epoch which writer wrote it; a fence raises it
 * @param parents the records that it builds on: one, or two after a fork, none for the first
 * @param siblings the newest records of other lineages that the session saw, by lineage
 * @param history the peaks of the Merkle mountain range over the hashes of all earlier records of the lineage
 * @param seen the newest retire number that the session had read before its first lookup
 * @param descriptor the descriptor that it was written under
 * @param state what is restorable
 * @param packs the packs that no index run names yet and that blobs of this snapshot may stand in
 * @param usedProgress the name of the progress record that the session continued from or wrote last; empty for none
 * @param times when the session began and when it committed
 * @param observations what connectors learned, at most 64 KiB
 * @param engine the version of the engine
 * @param signature reserved for a writer's signature; empty
 */
@SuppressWarnings("ArrayRecordComponent") // a decoded file format; compared by nobody
public record SnapshotRecord(
        Type type,
        long number,
        String lineage,
        String source,
        String tenant,
        long epoch,
        List<RecordId> parents,
        Map<String, RecordId> siblings,
        List<byte[]> history,
        long seen,
        RecordId descriptor,
        State state,
        List<PackRef> packs,
        String usedProgress,
        Times times,
        byte[] observations,
        String engine,
        byte[] signature) {

    /** Copies lists and checks for null. */
    public SnapshotRecord {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(lineage, "lineage");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(usedProgress, "usedProgress");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(observations, "observations");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(signature, "signature");
        parents = List.copyOf(parents);
        siblings = Map.copyOf(siblings);
        history = List.copyOf(history);
        packs = List.copyOf(packs);
    }

    /** What a record commits. */
    public enum Type {
        /** A snapshot. */
        SNAPSHOT,
        /** The parent's state under a higher epoch, so that an older writer's commit fails; not listed. */
        FENCE,
        /** The last record of a lineage that others continue. */
        END
    }

    /**
     * What is restorable from a record.
     *
     * @param table the stored runs of the tenant's table, newest first
     * @param inlineTable the newest run of the tenant's table, as bytes, where it is short; empty for none
     * @param digest the tenant's digest
     * @param complete whether everything in scope is stored whole
     * @param counts what the session did and what the snapshot holds, by name; see {@code SnapshotCounts}
     */
    @SuppressWarnings("ArrayRecordComponent") // a decoded file format; compared by nobody
    public record State(
            List<RunRef> table, byte[] inlineTable, ManifestDigest digest, boolean complete, Map<String, Long> counts) {

        /** The longest run of the table that stands in a record, in bytes. */
        public static final int INLINE_LIMIT = 128 << 10;

        /** Copies lists and checks for null. */
        public State {
            Objects.requireNonNull(digest, "digest");
            table = List.copyOf(table);
            counts = Map.copyOf(counts);
        }

        /**
         * The state before the first snapshot.
         *
         * @return a table without resources
         */
        public static State empty() {
            return new State(List.of(), new byte[0], ManifestDigest.empty(), true, Map.of());
        }
    }

    /**
     * The times of a session, by its own clock.
     *
     * @param started when it began; retention classes go by it
     * @param committed when it committed
     */
    public record Times(Instant started, Instant committed) {
        /** Checks for null. */
        public Times {
            Objects.requireNonNull(started, "started");
            Objects.requireNonNull(committed, "committed");
        }
    }
}
