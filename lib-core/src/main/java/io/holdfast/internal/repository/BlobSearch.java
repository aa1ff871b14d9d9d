// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobIndex;
import io.holdfast.internal.pack.BlobLocation;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the copies of blobs as a restore would: by the index, by the packs that records name, and, once for each tenant, by the directories of all
 * packs that neither names. For one thread.
 */
final class BlobSearch {
    private static final long FRAME_CACHE_BYTES = 32L << 20;

    private final RepositoryParts parts;
    private final Inventory inventory;
    private final PackStates packs;
    private final Map<String, Tenant> tenants = new HashMap<>();

    BlobSearch(RepositoryParts parts, Inventory inventory, PackStates packs) {
        this.parts = parts;
        this.inventory = inventory;
        this.packs = packs;
    }

    private static final class Tenant {
        private final BlobIndex index;
        private final Set<PackRef> named = new HashSet<>();
        private boolean widened;

        Tenant(BlobIndex index) {
            this.index = index;
        }
    }

    /** All parts that hold blobs of an item: its contents, and its metadata where these are stored like one. */
    static List<PartEntry> parts(ManifestEntry entry) {
        if (!(entry.metadata() instanceof MetadataEntry.Stored stored)) {
            return entry.parts();
        }
        List<PartEntry> all = new ArrayList<>(entry.parts());
        all.add(stored.part());
        return all;
    }

    private Tenant tenant(SnapshotRecord record) {
        Tenant tenant =
                tenants.computeIfAbsent(record.tenant(), name -> new Tenant(parts.index(parts.scope(name), List.of())));
        if (!tenant.named.containsAll(record.packs())) {
            tenant.named.addAll(record.packs());
            tenant.index.addLoose(record.packs());
        }
        return tenant;
    }

    /** The places of a blob's copies, whether or not they can be read. */
    List<BlobLocation> copies(SnapshotRecord record, BlobRef blob) {
        Tenant tenant = tenant(record);
        List<BlobLocation> copies = tenant.index.lookup(blob.id());
        if (!tenant.widened && copies.stream().noneMatch(copy -> packs.isReadable(copy, blob))) {
            tenant.widened = true;
            tenant.index.refresh();
            Set<PackRef> covered = tenant.index.coveredPacks();
            tenant.index.addLoose(inventory.packs().stream()
                    .filter(pack -> !covered.contains(pack))
                    .toList());
            copies = tenant.index.lookup(blob.id());
        }
        return copies;
    }

    /** A reader with caches of its own, so that nothing is taken from what was read before. */
    BlobReader reader(SnapshotRecord record) {
        return reader(record, whole -> {});
    }

    /** As {@link #reader(SnapshotRecord)}; tells which frames of one blob it has held against their ids. */
    BlobReader reader(SnapshotRecord record, Consumer<BlobLocation> proven) {
        return new BlobReader(parts.scope(record.tenant()), tenant(record).index, FRAME_CACHE_BYTES, proven);
    }
}
