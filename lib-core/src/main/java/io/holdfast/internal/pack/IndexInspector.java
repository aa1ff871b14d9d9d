// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.run.BlockCache;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads index runs as they stand on the store, past all caches, for verify and for counting.
 *
 * <p>Safe for use by several threads. One block of each run is held at a time; runs of up to 8 MiB are held whole while they are read.
 */
public final class IndexInspector {
    private final ObjectStore store;
    private final RepositoryKeys keys;

    /**
     * An inspector.
     *
     * @param store where the runs stand
     * @param keys what opens them
     */
    public IndexInspector(ObjectStore store, RepositoryKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Takes entries. */
    @FunctionalInterface
    public interface Entries {
        /**
         * Takes one copy of one blob.
         *
         * @param id the blob's id, 20 bytes
         * @param copy where the copy lies
         */
        void entry(byte[] id, BlobLocation copy);
    }

    /**
     * The runs that are to be read, by dedup scope: those of the newest head, and those that were added since.
     *
     * @return the runs of each scope
     * @throws io.holdfast.error.RepositoryException with {@code REPOSITORY_DAMAGED} if the head does not open
     */
    public Map<String, Set<IndexRunName>> current() {
        IndexHead head = new IndexHeads(store, keys).newest();
        Map<String, Set<IndexRunName>> scopes = standing();
        for (IndexRunName run : head.current()) {
            scopes.computeIfAbsent(run.scope(), scope -> new LinkedHashSet<>()).add(run);
        }
        Set<IndexRunName> replaced = new HashSet<>(head.replaced());
        scopes.values().forEach(runs -> runs.removeAll(replaced));
        return scopes;
    }

    /**
     * All runs that stand on the store, by dedup scope, whatever a head says.
     *
     * @return the runs of each scope
     */
    public Map<String, Set<IndexRunName>> standing() {
        Map<String, Set<IndexRunName>> scopes = new TreeMap<>();
        for (IndexRunName run : IndexRuns.listed(store, IndexRunName.PREFIX)) {
            scopes.computeIfAbsent(run.scope(), scope -> new LinkedHashSet<>()).add(run);
        }
        return scopes;
    }

    /**
     * Reads a whole run and compares it with its name and with what it says of itself.
     *
     * @param run the run
     * @throws io.holdfast.error.RepositoryException if it is not what was written
     * @throws io.holdfast.error.ObjectMissingException if it is not there
     */
    public void verify(IndexRunName run) {
        open(run).reader().verify();
    }

    /**
     * Gives the entries of some runs of one scope by ascending id; what several runs say alike is given once.
     *
     * @param runs the runs
     * @param each takes each entry
     * @throws io.holdfast.error.RepositoryException if a run is not what was written
     */
    public void read(Collection<IndexRunName> runs, Entries each) {
        PackTable table = new PackTable();
        List<PackRef> packs = new ArrayList<>();
        List<RunCursor> cursors = new ArrayList<>();
        for (IndexRunName name : runs) {
            OpenIndexRun run = open(name);
            int[] ordinals = run.packs().stream().mapToInt(table::ordinal).toArray();
            for (int i = 0; i < ordinals.length; i++) {
                if (ordinals[i] == packs.size()) {
                    packs.add(run.packs().get(i));
                }
            }
            cursors.add(new RemappingCursor(run, ordinals));
        }
        RunCursor all = RunMerger.union(cursors);
        while (all.advance()) {
            byte[] id = Arrays.copyOfRange(all.keyBytes(), all.keyOffset(), all.keyOffset() + all.keyLength());
            PackRef pack = packs.get(IndexEntry.pack(all.valueBytes(), all.valueOffset()));
            each.entry(id, IndexEntry.location(all.valueBytes(), all.valueOffset(), pack));
        }
    }

    private OpenIndexRun open(IndexRunName run) {
        return OpenIndexRun.open(run, new IndexRunFiles(store, Optional.empty()), keys, new BlockCache(0));
    }
}
