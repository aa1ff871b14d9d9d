// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.pack.BlobLocation;
import io.holdfast.manifest.BlobRef;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which packs stand, and what can be read of those that are damaged; safe for use by several threads. */
final class PackStates {
    private final Inventory inventory;
    private final Map<PackRef, Boolean> standing = new ConcurrentHashMap<>();
    private final Map<PackRef, Set<BlobRef>> damaged = new ConcurrentHashMap<>();

    PackStates(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Whether a pack is there with its length. */
    boolean stands(PackRef pack) {
        return standing.computeIfAbsent(pack, inventory::stands);
    }

    /** Takes down that a pack is damaged. */
    void damaged(PackRef pack, Set<BlobRef> readable) {
        damaged.put(pack, readable);
    }

    boolean isReadable(BlobLocation copy, BlobRef blob) {
        if (copy.length() != blob.length() || !stands(copy.pack())) {
            return false;
        }
        Set<BlobRef> readable = damaged.get(copy.pack());
        return readable == null || readable.contains(blob);
    }
}
