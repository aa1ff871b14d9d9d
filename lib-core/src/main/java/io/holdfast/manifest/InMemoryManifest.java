// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import io.holdfast.model.ItemKey;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A manifest in memory: what a host holds of its own, to compare a snapshot with or to try changes on.
 *
 * <p>Its digest is taken without a key, so it may be compared with that of another manifest in memory only. Changing it copies a reference
 * for each entry.
 */
public final class InMemoryManifest implements Manifest {
    private final TreeMap<ManifestOrder.Position, ManifestEntry> entries;
    private final ManifestDigest digest;
    private final Counts counts;

    private InMemoryManifest(
            TreeMap<ManifestOrder.Position, ManifestEntry> entries, ManifestDigest digest, Counts counts) {
        this.entries = entries;
        this.digest = digest;
        this.counts = counts;
    }

    /**
     * A manifest of no items.
     *
     * @return the manifest
     */
    public static InMemoryManifest empty() {
        return new InMemoryManifest(
                new TreeMap<>(ManifestOrder.COMPARATOR), ManifestDigest.empty(), new Counts(0, 0, 0));
    }

    @Override
    public Optional<ManifestEntry> get(ItemKey key) {
        return Optional.ofNullable(entries.get(new ManifestOrder.Position(false, key)))
                .or(() -> Optional.ofNullable(entries.get(new ManifestOrder.Position(true, key))));
    }

    @Override
    public EntryCursor range(Optional<ManifestOrder.Position> after) {
        Iterator<ManifestEntry> rest = after.map(position -> entries.tailMap(position, false))
                .orElse(entries)
                .values()
                .iterator();
        return new EntryCursor() {
            @Override
            public @Nullable ManifestEntry next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @Override
    public InMemoryManifest apply(List<EntryChange> changes) {
        ManifestOrder.requireAscending(changes);
        TreeMap<ManifestOrder.Position, ManifestEntry> changed = new TreeMap<>(entries);
        ManifestDigest sum = digest;
        Counts total = counts;
        for (EntryChange change : changes) {
            ManifestEntry now = change instanceof EntryChange.Put put ? put.entry() : null;
            ManifestEntry before =
                    now == null ? changed.remove(change.position()) : changed.put(change.position(), now);
            if (before != null) {
                sum = sum.minus(EntryState.hash(before));
                total = count(total, before, -1);
            }
            if (now != null) {
                sum = sum.plus(EntryState.hash(now));
                total = count(total, now, 1);
            }
        }
        return new InMemoryManifest(changed, sum, total);
    }

    private static Counts count(Counts counts, ManifestEntry entry, int sign) {
        long bytes = entry.parts().stream().mapToLong(PartEntry::size).sum();
        boolean container = entry.kind().container();
        return new Counts(
                counts.items() + (container ? 0 : sign),
                counts.containers() + (container ? sign : 0),
                counts.bytes() + sign * bytes);
    }

    @Override
    public Counts counts() {
        return counts;
    }

    @Override
    public ManifestDigest digest() {
        return digest;
    }
}
