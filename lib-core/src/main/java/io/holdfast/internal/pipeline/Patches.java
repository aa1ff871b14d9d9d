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
        if (!keepsContent(entry, patch.fields())) {
            fetches.add(wanted(entry, patch.fields(), feed), page);
        } else if (patch.metadata().length == 0) {
            // Kept as they are: whether they are hashed as JSON or as bytes is not known any more.
            items.storeState(item(entry, patch.fields(), new byte[0]), entry.metadata(), feed.id(), entry.parts());
        } else {
            Optional<byte[]> metadata = merged(entry, patch);
            if (metadata.isEmpty()) {
                fetches.add(wanted(entry, patch.fields(), feed), page);
            } else {
                items.storeState(item(entry, patch.fields(), metadata.get()), feed.id(), entry.parts());
            }
        }
    }

    private static boolean keepsContent(ManifestEntry entry, Change.Patch.Fields fields) {
        return entry.condition() == ManifestEntry.Condition.WHOLE
                && (fields.contentTag().isEmpty() || fields.contentTag().equals(entry.contentTag()));
    }

    private ItemRef wanted(ManifestEntry entry, Change.Patch.Fields fields, Feed feed) {
        return new ItemRef(
                resource.id(),
                feed.id(),
                entry.kind(),
                entry.key(),
                fields.containers().orElse(entry.containers()),
                fields.contentTag(),
                fields.stateTag());
    }

    private static SourceItem item(ManifestEntry entry, Change.Patch.Fields fields, byte[] metadata) {
        return new SourceItem(
                entry.key(),
                entry.kind(),
                fields.containers().orElse(entry.containers()),
                fields.name().orElse(entry.name()),
                new SourceItem.Tags(fields.contentTag().or(entry::contentTag), fields.stateTag()),
                fields.modified().or(entry::modified),
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
        try {
            return Optional.of(json.merge(inline.bytes(), patch.metadata()));
        } catch (IOException e) {
            shared.requests.succeeded("patch.unreadable");
            return Optional.empty();
        }
    }
}
