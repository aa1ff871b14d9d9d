// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.run.BlockCache;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunReader;
import io.holdfast.internal.seal.RepositoryKeys;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * One index run that is open for lookups, with its pack table. Safe for use by several threads.
 *
 * @param name the run
 * @param reader its entries
 * @param packs its pack table
 * @param gone the ordinals of packs that no reader may use any more
 * @param unreliable the ordinals of packs that no writer may rely on; those that are gone are among them
 */
record OpenIndexRun(IndexRunName name, RunReader reader, List<PackRef> packs, BitSet gone, BitSet unreliable) {

    /** Opens a run; a damaged file of the cache is fetched once more. */
    static OpenIndexRun open(IndexRunName name, IndexRunFiles files, RepositoryKeys keys, BlockCache blocks) {
        RunReader reader;
        try {
            reader = RunReader.open(files.open(name), keys, RunKind.INDEX, blocks);
        } catch (RepositoryException inCache) {
            files.discard(name);
            reader = RunReader.open(files.open(name), keys, RunKind.INDEX, blocks);
        }
        List<PackRef> packs = PackTable.decode(name.objectName(), reader.extra());
        return new OpenIndexRun(name, reader, packs, new BitSet(), new BitSet());
    }

    /** The same with objects for its packs that other runs use as well. */
    OpenIndexRun sharing(Map<PackRef, PackRef> known) {
        List<PackRef> shared = packs.stream()
                .map(pack -> known.computeIfAbsent(pack, itself -> itself))
                .toList();
        return new OpenIndexRun(name, reader, shared, gone, unreliable);
    }

    /** The same with the packs that prune has listed. */
    OpenIndexRun without(RetiredPacks retired) {
        BitSet closed = new BitSet(packs.size());
        BitSet listed = new BitSet(packs.size());
        for (int i = 0; i < packs.size(); i++) {
            boolean isClosed = retired.closed().test(packs.get(i));
            closed.set(i, isClosed);
            listed.set(i, isClosed || retired.condemned().test(packs.get(i)));
        }
        return new OpenIndexRun(name, reader, packs, closed, listed);
    }

    /** Whether a copy of the blob lies in a pack that a writer may rely on. */
    boolean isReliable(byte[] id) {
        if (!reader.mightContain(id)) {
            return false;
        }
        for (RunEntry entry : reader.getAll(id)) {
            if (!unreliable.get(requireOrdinal(entry.value()))) {
                return true;
            }
        }
        return false;
    }

    /** Adds the copies of the blob that a reader may use. */
    void find(byte[] id, List<BlobLocation> found) {
        if (!reader.mightContain(id)) {
            return;
        }
        for (RunEntry entry : reader.getAll(id)) {
            int ordinal = requireOrdinal(entry.value());
            if (!gone.get(ordinal)) {
                found.add(IndexEntry.location(entry.value(), 0, packs.get(ordinal)));
            }
        }
    }

    /** The ordinal that an entry's value names. */
    int requireOrdinal(byte[] value) {
        if (value.length != IndexEntry.VALUE_BYTES) {
            throw PackFormat.damagedRun(name.objectName(), "an entry has " + value.length + " bytes");
        }
        int ordinal = IndexEntry.pack(value, 0);
        if (ordinal < 0 || ordinal >= packs.size()) {
            throw PackFormat.damagedRun(name.objectName(), "an entry names pack " + ordinal + " of " + packs.size());
        }
        return ordinal;
    }
}
