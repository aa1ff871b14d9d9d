// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import java.util.List;
import java.util.Objects;

/**
 * One item that differs between two snapshots.
 *
 * @param change what became of it
 * @param resource the resource that holds it
 * @param key the item
 * @param path its path, as of the newer snapshot that has it
 */
public record ItemDifference(Change change, ResourceId resource, ItemKey key, List<String> path) {

    /** What became of an item from the older to the newer snapshot. */
    public enum Change {
        /** Only the newer one has it. */
        ADDED,
        /** Both have it, in different states. */
        CHANGED,
        /** Only the older one has it. */
        REMOVED
    }

    /** Copies the list and checks for null. */
    public ItemDifference {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(key, "key");
        path = List.copyOf(path);
    }
}
