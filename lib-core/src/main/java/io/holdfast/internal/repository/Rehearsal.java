// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.runtime.HoldfastRuntime;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * Reads every part of the items of a snapshot as a restore would, into nothing, and lets length and hash be compared; for one thread, which shares the
 * reading among the runtime's workers.
 */
final class Rehearsal {
    private final HoldfastRuntime runtime;
    private final Snapshotted snapshotted;
    private final Findings findings;

    Rehearsal(HoldfastRuntime runtime, Snapshotted snapshotted, Findings findings) {
        this.runtime = runtime;
        this.snapshotted = snapshotted;
        this.findings = findings;
    }

    /** A part and the item that it belongs to. */
    private record Piece(ManifestEntry entry, PartEntry part) {}

    /** Reads a snapshot; damage is told of its record. */
    void run(String object, SnapshotRecord record, BlobReader blobs) {
        snapshotted.forEachState(record, (state, damaged) -> {
            if (damaged.isEmpty()) {
                Pieces pieces = new Pieces(snapshotted.live(state));
                new SharedWork(runtime).forEach(pieces, piece -> {
                    if (!findings.sound(object, () -> PartStreams.prove(blobs, piece.part()))) {
                        findings.item(object, item(record, state, piece));
                    }
                });
            }
        });
    }

    private static DamagedItem item(SnapshotRecord record, ResourceState state, Piece piece) {
        return new DamagedItem(
                record.source(),
                record.number(),
                state.id().value(),
                piece.entry().key().value());
    }

    /** The parts of the live entries, one at a time. */
    private static final class Pieces implements Iterator<Piece> {
        private final RunCursor cursor;
        private final Queue<Piece> ahead = new ArrayDeque<>();

        Pieces(RunCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            while (ahead.isEmpty() && cursor.advance()) {
                ManifestEntry entry = EntryCodes.decode(cursor);
                BlobSearch.parts(entry).forEach(part -> ahead.add(new Piece(entry, part)));
            }
            return !ahead.isEmpty();
        }

        @Override
        public Piece next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all parts were given");
            }
            return ahead.remove();
        }
    }
}
