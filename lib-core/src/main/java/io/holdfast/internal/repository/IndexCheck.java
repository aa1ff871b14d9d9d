// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.pack.BlobLocation;
import io.holdfast.internal.pack.FrameEntry;
import io.holdfast.internal.pack.IndexInspector;
import io.holdfast.internal.pack.IndexRunName;
import io.holdfast.internal.pack.PackDirectory;
import io.holdfast.internal.pack.PackInspector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks the runs of the index and holds what they say of each pack against the pack's own directory; for one thread.
 *
 * <p>The two are compared by the sum of a hash over each entry, so that a count and a sum are held for each pack and nothing for an entry. The hash
 * guards against faults of a writer; against forgery stand the seals.
 */
final class IndexCheck {
    private final RepositoryParts parts;
    private final PackStates packs;
    private final Findings findings;
    private final Map<PackRef, Sum> indexed = new HashMap<>();

    IndexCheck(RepositoryParts parts, PackStates packs, Findings findings) {
        this.parts = parts;
        this.packs = packs;
        this.findings = findings;
    }

    private static final class Sum {
        private long entries;
        private long hashes;

        void add(byte[] id, BlobLocation copy) {
            long hash = mixed(ByteBuffer.wrap(id).getLong());
            hash = mixed(hash ^ copy.frameStart() << 24 ^ copy.frameStoredLength());
            hash = mixed(hash ^ (long) copy.offset() << 32 ^ copy.length());
            entries++;
            hashes += hash;
        }

        private static long mixed(long value) {
            long h = value;
            h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
            h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
            return h ^ h >>> 33;
        }

        boolean isEqualTo(Sum other) {
            return entries == other.entries && hashes == other.hashes;
        }
    }

    void run(List<PackRef> standing) {
        IndexInspector inspector = new IndexInspector(parts.store(), parts.keys());
        current(inspector).values().forEach(runs -> read(inspector, runs));
        try (PackInspector directories = new PackInspector(
                parts.store(), parts.keys(), parts.repository().ring())) {
            new SharedWork(parts.runtime())
                    .forEach(
                            standing.iterator(),
                            pack -> findings.sound(
                                    pack.objectName(), () -> compare(pack, directories.directory(pack))));
        }
        indexed.keySet().stream()
                .filter(pack -> !packs.stands(pack))
                .findFirst()
                .ifPresent(pack -> findings.note("the index names packs that do not stand, such as " + pack));
    }

    private Map<String, Set<IndexRunName>> current(IndexInspector inspector) {
        Map<String, Set<IndexRunName>> runs = new TreeMap<>();
        if (!findings.sound(ObjectNames.INDEX_HEADS, () -> runs.putAll(inspector.current()))) {
            runs.putAll(inspector.standing());
        }
        return runs;
    }

    private void read(IndexInspector inspector, Set<IndexRunName> runs) {
        List<IndexRunName> sound = new ArrayList<>();
        for (IndexRunName run : runs) {
            if (findings.sound(run.objectName(), () -> inspector.verify(run))) {
                sound.add(run);
            }
        }
        // Of a pack that stands in several runs some entries may be in a damaged one: then nothing is compared.
        Map<PackRef, Sum> sums = new HashMap<>();
        inspector.read(
                sound,
                (id, copy) ->
                        sums.computeIfAbsent(copy.pack(), pack -> new Sum()).add(id, copy));
        if (sound.size() == runs.size()) {
            indexed.putAll(sums);
        }
    }

    private void compare(PackRef pack, PackDirectory directory) {
        int newest = parts.repository().ring().newest();
        if (directory.epoch() > newest) {
            findings.damage(
                    pack.objectName(),
                    "it is sealed under data key " + directory.epoch() + "; the ring's newest is " + newest);
        }
        Sum said = indexed.get(pack);
        if (said != null && !said.isEqualTo(sumOf(pack, directory))) {
            findings.damage(
                    ObjectNames.INDEX + directory.scope(),
                    "what the index says of pack '" + pack + "' is not what its directory says; rebuild the index");
        }
    }

    private static Sum sumOf(PackRef pack, PackDirectory directory) {
        Sum sum = new Sum();
        for (FrameEntry frame : directory.frames()) {
            int offset = 0;
            for (int i = 0; i < frame.blobs(); i++) {
                int length = frame.lengths()[i];
                sum.add(frame.id(i), new BlobLocation(pack, frame.start(), frame.storedLength(), offset, length));
                offset += length;
            }
        }
        return sum;
    }
}
