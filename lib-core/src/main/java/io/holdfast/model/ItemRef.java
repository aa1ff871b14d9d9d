// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a connector needs to find one item again, rebuilt from a manifest or a ledger alone.
 *
 * @param resource the resource that holds the item
 * @param feed the feed that named it last
 * @param kind what it is
 * @param key its stable identifier
 * @param containers the containers that hold it, the first of which gives its path; empty at the root
 * @param contentTag the content tag seen last, if any
 * @param stateTag the state tag seen last, if any
 */
public record ItemRef(
        ResourceId resource,
        FeedId feed,
        ItemKind kind,
        ItemKey key,
        List<ItemKey> containers,
        Optional<String> contentTag,
        Optional<String> stateTag) {

    /** Copies the list and checks for null. */
    public ItemRef {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(contentTag, "contentTag");
        Objects.requireNonNull(stateTag, "stateTag");
        containers = List.copyOf(containers);
    }
}
