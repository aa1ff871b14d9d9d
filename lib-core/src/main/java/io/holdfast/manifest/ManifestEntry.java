// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.Relation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a manifest keeps of one item.
 *
 * @param key the item's stable identifier
 * @param kind what it is
 * @param feed the feed that named it last
 * @param containers the containers that hold it; the first gives its path
 * @param name its name
 * @param contentTag what its content was recognised by, if the source had a tag
 * @param stateTag what its state was recognised by, if the source had a tag
 * @param modified when it was changed last
 * @param size the size of its content, -1 if unknown
 * @param metadata its metadata, inline or stored
 * @param parts its stored parts, in the order of their names
 * @param relations links to other items
 * @param condition whether all of it is stored, and as of when
 */
public record ManifestEntry(
        ItemKey key,
        ItemKind kind,
        FeedId feed,
        List<ItemKey> containers,
        String name,
        Optional<String> contentTag,
        Optional<String> stateTag,
        Optional<Instant> modified,
        long size,
        MetadataEntry metadata,
        List<PartEntry> parts,
        List<Relation> relations,
        Condition condition) {

    /** Copies lists and checks for null. */
    public ManifestEntry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contentTag, "contentTag");
        Objects.requireNonNull(stateTag, "stateTag");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(condition, "condition");
        containers = List.copyOf(containers);
        parts = List.copyOf(parts);
        relations = List.copyOf(relations);
        if (size < -1) {
            throw new IllegalArgumentException("entry has size " + size + "; allowed are -1 for unknown, or more");
        }
    }

    /**
     * Whether another entry tells of the same item in the same state: key, kind, containers, name, time, size, contents, relations and
     * metadata. How it is recognised, rendered and stored is no part of that: tags, feed, condition, lengths and bytes of parts, blobs, recipes.
     *
     * @param other another entry
     * @return whether a manifest that has the one is of the same items as a manifest that has the other
     */
    public boolean isSameItem(ManifestEntry other) {
        return Arrays.equals(EntryState.of(this), EntryState.of(other));
    }

    /** How good an entry is. */
    public enum Condition {
        /** Everything that the source had is stored. */
        WHOLE,
        /** Some part could not be read; the ledger knows which and why. */
        DEGRADED,
        /** A newer version could not be stored: this is the last good one. */
        STALE,
        /** The source refuses the content for good. */
        SKIPPED
    }
}
