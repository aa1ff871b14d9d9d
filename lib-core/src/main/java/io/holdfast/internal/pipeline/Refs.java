// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.source.SourceItem;
import java.util.List;
import java.util.Optional;

/** Makes references to items from whatever is known of them. */
final class Refs {
    private Refs() {}

    static ItemRef of(ResourceId resource, FeedId feed, SourceItem item) {
        return new ItemRef(
                resource,
                feed,
                item.kind(),
                item.key(),
                item.containers(),
                item.tags().content(),
                item.tags().state());
    }

    static ItemRef of(ResourceId resource, ManifestEntry entry) {
        return new ItemRef(
                resource,
                entry.feed(),
                entry.kind(),
                entry.key(),
                entry.containers(),
                entry.contentTag(),
                entry.stateTag());
    }

    static ItemRef of(ResourceId resource, FeedId feed, ItemKey key, ItemKind kind) {
        return new ItemRef(resource, feed, kind, key, List.of(), Optional.empty(), Optional.empty());
    }
}
