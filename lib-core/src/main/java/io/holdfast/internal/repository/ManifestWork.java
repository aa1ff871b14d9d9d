// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one resource while a session changes it: pending changes over a stack of runs.
 *
 * <p>Safe for use by several threads; cursors are for one. Of several changes of one item the last one holds. Digest and counts are
 * those of the placed runs: pending changes are not in them.
 */
public interface ManifestWork {

    /**
     * Finds an item by its key alone, container or not, pending changes included.
     *
     * @param key the item's key
     * @return its entry, or empty
     */
    Optional<ManifestEntry> find(ItemKey key);

    /**
     * What an item is recognised by, without decoding the rest of its entry.
     *
     * @param position where it stands
     * @return the recognition, or null if the manifest does not have it
     */
    @Nullable
    Recognition recognise(ManifestOrder.Position position);

    /**
     * Puts an entry.
     *
     * @param entry the entry
     */
    void put(ManifestEntry entry);

    /**
     * Removes an item; nothing happens if it is not there.
     *
     * @param position where it stands
     */
    void remove(ManifestOrder.Position position);

    /**
     * All entries in order, pending changes included, as of the moment of the call.
     *
     * @return the entries, which the caller closes
     */
    Manifest.EntryCursor entries();

    /**
     * Some entries in order, pending changes included, as of the moment of the call. Only those that are wanted are decoded whole.
     *
     * @param wanted tells by feed and key whether an entry is wanted
     * @return the entries, which the caller closes
     */
    Manifest.EntryCursor entries(BiPredicate<FeedId, ItemKey> wanted);

    /**
     * How many bytes the pending changes occupy.
     *
     * @return bytes of heap
     */
    long pendingBytes();

    /**
     * Writes the pending changes as a run; changes that come later are pending for the next one. Changes that turn out to be none are left out.
     *
     * @param number the number of the snapshot that is being made
     * @return the draft, or empty if nothing is pending
     */
    Optional<RunDraft> freeze(long number);

    /**
     * Merges runs before a commit, if this session changed anything and they have become many; writes objects of their own under {@code runs/}
     * where it does. Nothing may be pending.
     */
    void compact();

    /**
     * The placed runs.
     *
     * @return newest first
     */
    List<RunRef> runs();

    /**
     * What the items of the placed runs are.
     *
     * @return the digest
     */
    ManifestDigest digest();

    /**
     * How much the placed runs hold.
     *
     * @return the counts
     */
    Manifest.Counts counts();

    /**
     * What an item is recognised by.
     *
     * @param contentTag the content tag, if it has one
     * @param stateTag the state tag, if it has one
     * @param feed the feed that named it last
     * @param condition how good the entry is
     */
    record Recognition(
            Optional<String> contentTag, Optional<String> stateTag, String feed, ManifestEntry.Condition condition) {}
}
