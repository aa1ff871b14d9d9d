// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.run.EntryView;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunSettings;
import io.holdfast.internal.run.RunWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the directories of packs and writes them as index runs, {@code index/<scope>/<hash>}.
 *
 * <p>Safe for use by several threads. Holds at most as many entries as it is told, 45 bytes of heap for each; when there are more, it
 * writes a run and goes on.
 */
public final class BlobIndexWriter implements PackListener {

    /** The most entries of one run that is written from directories. */
    public static final int MAX_ENTRIES = IndexEntries.LIMIT;

    private static final int HEAP_BYTES = 45;

    private static final int LEAST_ENTRIES = 50_000;

    private final BlobScope scope;
    private final int runEntries;
    private final IndexEntries entries = new IndexEntries();
    private final List<IndexRunName> written = new ArrayList<>();
    private final List<PackRef> covered = new ArrayList<>();
    private PackTable packs = new PackTable();

    /**
     * A writer that holds up to half a million entries, about 24 MB.
     *
     * @param scope the dedup scope
     */
    public BlobIndexWriter(BlobScope scope) {
        this(scope, MAX_ENTRIES / 2);
    }

    /**
     * A writer that holds half a million entries, or as many as fit.
     *
     * @param scope the dedup scope
     * @param bytes the heap that its entries may take; it takes room for some thousands in any case
     * @return the writer
     */
    public static BlobIndexWriter within(BlobScope scope, long bytes) {
        long fitting = Math.max(LEAST_ENTRIES, bytes / HEAP_BYTES);
        return new BlobIndexWriter(scope, (int) Math.min(MAX_ENTRIES / 2, fitting));
    }

    /**
     * A writer.
     *
     * @param scope the dedup scope
     * @param runEntries how many entries a run has at most, 1 to {@link #MAX_ENTRIES}
     */
    public BlobIndexWriter(BlobScope scope, int runEntries) {
        if (runEntries < 1 || runEntries > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "index runs of " + runEntries + " entries; allowed are 1 to " + MAX_ENTRIES);
        }
        this.scope = scope;
        this.runEntries = runEntries;
    }

    /** Adds the blobs of a pack. A pack of another scope is refused. */
    @Override
    public synchronized void packWritten(PackRef pack, PackDirectory directory) {
        if (!directory.scope().equals(scope.name())) {
            throw new IllegalArgumentException(
                    "pack '" + pack + "' is of scope " + directory.scope() + ", not of " + scope.name());
        }
        for (FrameEntry frame : directory.frames()) {
            if (entries.count() > 0 && entries.count() + frame.blobs() > runEntries) {
                writeRun();
            }
            entries.add(packs.ordinal(pack), frame);
        }
        covered.add(pack);
    }

    /**
     * How many blobs have been added that no run holds yet.
     *
     * @return the count
     */
    public synchronized long pendingBlobs() {
        return entries.count();
    }

    /**
     * Writes what is left.
     *
     * @return the runs that were written since the last call and the packs that they cover
     */
    public synchronized Written finish() {
        if (entries.count() > 0) {
            writeRun();
        }
        Written result = new Written(written, new HashSet<>(covered));
        written.clear();
        covered.clear();
        return result;
    }

    /**
     * What an index writer has made durable.
     *
     * @param runs the runs
     * @param packs the packs whose blobs they name
     */
    public record Written(List<IndexRunName> runs, Set<PackRef> packs) {
        /** Copies both. */
        public Written {
            runs = List.copyOf(runs);
            packs = Set.copyOf(packs);
        }
    }

    private void writeRun() {
        IndexRunSink sink = new IndexRunSink();
        try (RunWriter writer = new RunWriter(sink, scope.keys(), RunSettings.of(RunKind.INDEX))) {
            View view = new View(entries.bytes());
            for (int place : entries.sorted()) {
                view.at = place * IndexEntry.BYTES;
                writer.add(view);
            }
            written.add(sink.put(scope, writer.finish(packs.encode())));
        }
        entries.clear();
        packs = new PackTable();
    }

    /** An entry in place. */
    private static final class View implements EntryView {
        private final byte[] bytes;
        private int at;

        View(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] keyBytes() {
            return bytes;
        }

        @Override
        public int keyOffset() {
            return at;
        }

        @Override
        public int keyLength() {
            return PackFormat.ID_BYTES;
        }

        @Override
        public long number() {
            return 0;
        }

        @Override
        public boolean tombstone() {
            return false;
        }

        @Override
        public byte[] valueBytes() {
            return bytes;
        }

        @Override
        public int valueOffset() {
            return at + PackFormat.ID_BYTES;
        }

        @Override
        public int valueLength() {
            return IndexEntry.VALUE_BYTES;
        }
    }
}
