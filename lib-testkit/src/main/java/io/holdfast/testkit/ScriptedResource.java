// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.source.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A resource of a scripted tenant; guarded by the tenant. */
final class ScriptedResource {
    Resource resource;
    boolean listed = true;
    final Map<FeedId, ScriptedFeed> feeds = new LinkedHashMap<>();
    final TreeMap<ItemKey, ScriptedTenant.Placed> items = new TreeMap<>(Comparator.comparing(ItemKey::value));
    final Map<ItemKey, List<ScriptedItem>> history = new LinkedHashMap<>();
    final Set<ItemKey> hidden = new HashSet<>();
    long number;

    ScriptedResource(Resource resource) {
        this.resource = resource;
    }

    ScriptedFeed feed(FeedId id) {
        ScriptedFeed found = feeds.get(id);
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no feed '" + id + "' in " + resource.id() + "; known are " + feeds.keySet());
        }
        return found;
    }

    ScriptedTenant.Placed require(ItemKey key) {
        ScriptedTenant.Placed placed = items.get(key);
        if (placed == null) {
            throw new IllegalArgumentException("there is no item '" + key + "' in " + resource.id());
        }
        return placed;
    }

    void put(FeedId into, ScriptedItem item, ScriptedFeed.Sort sort) {
        ScriptedFeed feed = feed(into);
        ScriptedTenant.Placed before = items.put(item.key(), new ScriptedTenant.Placed(into, item));
        history.computeIfAbsent(item.key(), k -> new ArrayList<>()).add(item);
        if (before != null && !before.feed().equals(into)) {
            log(feed(before.feed()), item.key(), ScriptedFeed.Sort.REMOVAL);
        }
        log(feed, item.key(), before == null || !before.feed().equals(into) ? ScriptedFeed.Sort.WHOLE : sort);
    }

    void move(ItemKey key, FeedId into) {
        put(into, require(key).item(), ScriptedFeed.Sort.WHOLE);
    }

    void moveSilently(ItemKey key, FeedId into) {
        items.put(key, new ScriptedTenant.Placed(feed(into).id, require(key).item()));
    }

    void remove(ItemKey key, boolean told) {
        ScriptedTenant.Placed placed = require(key);
        items.remove(key);
        if (told) {
            log(feed(placed.feed()), key, ScriptedFeed.Sort.REMOVAL);
        }
    }

    void forgetCursors(FeedId id) {
        feed(id).cursorsFrom = ++number;
    }

    void log(ScriptedFeed feed, ItemKey key, ScriptedFeed.Sort sort) {
        feed.log.add(new ScriptedFeed.Entry(++number, key, sort));
    }
}
