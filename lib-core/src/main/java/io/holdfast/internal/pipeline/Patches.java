// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.source.Change;
import io.holdfast.source.Feed;
import io.holdfast.source.SourceItem;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges partial changes over what is stored; a partial change is never stored as the item.
 *
 * <p>Services send three fields for a changed read-flag: taken for the item, they would wipe out the rest.
 */
final class Patches {
    private final SessionShared shared;
    private final ResourceWork resource;
    private final FetchQueue fetches;
    private final ItemWork items;
    private final JsonMergePatch json = new JsonMergePatch();

    Patches(SessionShared shared, ResourceWork resource, FetchQueue fetches, ItemWork items) {
        this.shared = shared;
        this.resource = resource;
        this.fetches = fetches;
        this.items = items;
    }

    void apply(Change.Patch patch, Feed feed, FeedWork.@Nullable Page page) {
        Optional<ManifestEntry> stored = resource.manifest.find(patch.key());
        if (stored.isEmpty()) {
            // Nothing to merge over: all of the item is asked for.
            fetches.add(Refs.of(resource.id(), feed.id(), patch.key(), ItemKind.leaf("unknown")), page);
            return;
        }
        ManifestEntry entry = stored.get();
        Optional<byte[]> metadata = merged(entry, patch);
        if (metadata.isEmpty() || !keepsContent(entry, patch)) {
            fetches.add(wanted(entry, patch, feed), page);
            return;
        }
        items.storeState(item(entry, patch, metadata.get()), feed.id(), entry.parts());
    }

    private static boolean keepsContent(ManifestEntry entry, Change.Patch patch) {
        return entry.condition() == ManifestEntry.Condition.WHOLE
                && (patch.contentTag().isEmpty() || patch.contentTag().equals(entry.contentTag()));
    }

    private ItemRef wanted(ManifestEntry entry, Change.Patch patch, Feed feed) {
        return new ItemRef(
                resource.id(),
                feed.id(),
                entry.kind(),
                entry.key(),
                patch.containers().orElse(entry.containers()),
                patch.contentTag(),
                patch.stateTag());
    }

    private static SourceItem item(ManifestEntry entry, Change.Patch patch, byte[] metadata) {
        return new SourceItem(
                entry.key(),
                entry.kind(),
                patch.containers().orElse(entry.containers()),
                entry.name(),
                new SourceItem.Tags(patch.contentTag().or(entry::contentTag), patch.stateTag()),
                entry.modified(),
                entry.size(),
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, metadata),
                entry.relations());
    }

    /** The stored metadata with the patch over them, or empty if they have to be read again. */
    private Optional<byte[]> merged(ManifestEntry entry, Change.Patch patch) {
        if (!(entry.metadata() instanceof MetadataEntry.Inline inline)) {
            // Long metadata would have to be read back from the store: the source has them at hand.
            return Optional.empty();
        }
        if (patch.metadata().length == 0) {
            return Optional.of(inline.bytes());
        }
        try {
            return Optional.of(json.merge(inline.bytes(), patch.metadata()));
        } catch (IOException e) {
            shared.requests.succeeded("patch.unreadable");
            return Optional.empty();
        }
    }
}
