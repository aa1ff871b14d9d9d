// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Builds the index of all dedup scopes anew from packs alone, and publishes it in place of what stands; for the holder of the maintenance lease.
 *
 * <p>Not thread-safe. Reads the end of each pack. Of each scope it holds the entries of one run that is not complete.
 */
public final class IndexRebuild {
    private final ObjectStore store;
    private final RepositoryKeys keys;
    private final DataKeyRing ring;

    /**
     * A rebuild.
     *
     * @param store the repository's store
     * @param keys its keys
     * @param ring its data keys
     */
    public IndexRebuild(ObjectStore store, RepositoryKeys keys, DataKeyRing ring) {
        this.store = store;
        this.keys = keys;
        this.ring = ring;
    }

    /**
     * What a rebuild has done.
     *
     * @param head the set of runs that was published
     * @param packs how many packs are in the index now
     * @param blobs how many blobs these hold, copies counted
     * @param unreadable packs whose directories do not open, with what is wrong
     */
    public record Result(IndexHead head, long packs, long blobs, Map<PackRef, String> unreadable) {
        /** Copies the map. */
        public Result {
            unreadable = Map.copyOf(unreadable);
        }
    }

    /**
     * Reads all packs and publishes their index.
     *
     * @param dropped the packs in closed retire lists, which are left out
     * @return what was done
     * @throws io.holdfast.error.CommitLostException if another published meanwhile
     */
    public Result run(Predicate<PackRef> dropped) {
        IndexHeads heads = new IndexHeads(store, keys);
        long newest = heads.newestNumber();
        Set<IndexRunName> before = IndexRuns.listed(store, IndexRunName.PREFIX);
        Map<String, Part> scopes = new TreeMap<>();
        Map<PackRef, String> unreadable = new LinkedHashMap<>();
        PackDirectories directories = new PackDirectories(store, keys, 0);
        try {
            PackNames.list(store, pack -> {
                if (!dropped.test(pack)) {
                    add(pack, directories, scopes, unreadable);
                }
            });
            List<IndexRunName> current = new ArrayList<>();
            scopes.values().forEach(part -> current.addAll(part.writer.finish().runs()));
            List<IndexRunName> replaced =
                    before.stream().filter(run -> !current.contains(run)).toList();
            IndexHead head = new IndexHead(newest + 1, current, replaced);
            heads.publish(head);
            long packs = scopes.values().stream().mapToLong(part -> part.packs).sum();
            long blobs = scopes.values().stream().mapToLong(part -> part.blobs).sum();
            return new Result(head, packs, blobs, unreadable);
        } finally {
            scopes.values().forEach(part -> part.scope.close());
        }
    }

    private void add(
            PackRef pack, PackDirectories directories, Map<String, Part> scopes, Map<PackRef, String> unreadable) {
        try {
            PackDirectory directory = directories.read(pack);
            scopes.computeIfAbsent(directory.scope(), name -> new Part(new BlobScope(store, keys, ring, name)))
                    .add(pack, directory);
        } catch (HoldfastException trouble) {
            if (trouble.code() != ErrorCode.REPOSITORY_DAMAGED
                    && trouble.code() != ErrorCode.FORMAT_LIMIT
                    && trouble.code() != ErrorCode.STORE_OBJECT_MISSING) {
                throw trouble;
            }
            unreadable.put(pack, trouble.getMessage());
        }
    }

    /** The index of one scope as it grows. */
    private static final class Part {
        private final BlobScope scope;
        private final BlobIndexWriter writer;
        private long packs;
        private long blobs;

        Part(BlobScope scope) {
            this.scope = scope;
            this.writer = new BlobIndexWriter(scope);
        }

        void add(PackRef pack, PackDirectory directory) {
            writer.packWritten(pack, directory);
            packs++;
            blobs += directory.blobs();
        }
    }
}
