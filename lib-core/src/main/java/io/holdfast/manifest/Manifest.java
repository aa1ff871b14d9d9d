// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import io.holdfast.model.ItemKey;
import java.util.List;
import java.util.Optional;

/**
 * The items of one resource at one moment, in the order of {@link ManifestOrder}: containers first, then by the bytes of the key.
 *
 * <p>A manifest never changes; {@link #apply} gives another. Safe for use by several threads, cursors excepted. Reading may throw
 * {@link io.holdfast.error.RepositoryException} where stored bytes are damaged, never give wrong entries.
 */
public interface Manifest {

    /**
     * Finds one item.
     *
     * @param key the item's key
     * @return its entry, or empty if the manifest does not have it
     */
    Optional<ManifestEntry> get(ItemKey key);

    /**
     * Reads entries in order.
     *
     * @param after where to begin, that position not included, or empty for the first entry
     * @return the entries, which the caller closes
     */
    EntryCursor range(Optional<ManifestOrder.Position> after);

    /**
     * Finds what differs from an older manifest of the same resource, in order; reads only what may differ, where it can tell.
     *
     * <p>Two entries differ if their items do ({@link ManifestEntry#isSameItem}): new tags alone are no difference.
     *
     * @param older the older manifest, which may be of another implementation
     * @return the differences, which the caller closes
     */
    default DifferenceCursor diff(Manifest older) {
        return new MergedDifferences(older, this);
    }

    /**
     * Changes some items.
     *
     * @param changes strictly ascending in {@link ManifestOrder}; removals of unknown keys are left out
     * @return the changed manifest; this one stays as it is
     * @throws IllegalArgumentException if the changes do not ascend
     */
    Manifest apply(List<EntryChange> changes);

    /**
     * How much it holds.
     *
     * @return the counts
     */
    Counts counts();

    /**
     * What the items are, whatever the history: equal exactly if the items are (FORMAT.md, manifest digest). Comparable among manifests of
     * one implementation, and of those that are keyed, of one key.
     *
     * @return the digest
     */
    ManifestDigest digest();

    /**
     * How much a manifest holds.
     *
     * @param items items that are not containers
     * @param containers containers
     * @param bytes the sum of the sizes of all parts
     */
    record Counts(long items, long containers, long bytes) {}

    /** Entries in order, for one thread. */
    interface EntryCursor extends AutoCloseable {
        /**
         * The next entry.
         *
         * @return the entry, or null at the end and whenever it is asked after that
         */
        @org.jspecify.annotations.Nullable
        ManifestEntry next();

        @Override
        void close();
    }

    /** Differences in order, for one thread. */
    interface DifferenceCursor extends AutoCloseable {
        /**
         * The next difference.
         *
         * @return the difference, or null at the end and whenever it is asked after that
         */
        @org.jspecify.annotations.Nullable
        Difference next();

        @Override
        void close();
    }

    /**
     * One item that differs; at least one side is present.
     *
     * @param before the older entry, or empty if the item was added
     * @param after the newer entry, or empty if the item was removed
     */
    record Difference(Optional<ManifestEntry> before, Optional<ManifestEntry> after) {}
}
