// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.SourceItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass over all feeds of a resource told.
 *
 * @param passes each feed's pages
 * @param items the items that were named and could be listed, as the feeds or a lookup gave them
 */
record SourceReading(Map<FeedId, Pass> passes, Map<ItemKey, SourceItem> items) {

    /**
     * One page.
     *
     * @param from where it began
     * @param changes what it told
     * @param end how it ended
     */
    record Page(Optional<Cursor> from, List<Change> changes, ChangePage.End end) {}

    /**
     * One feed, read until it was caught up.
     *
     * @param feed the feed
     * @param pages its pages
     * @param end how the last one ended
     */
    record Pass(Feed feed, List<Page> pages, ChangePage.CaughtUp end) {
        List<Change> changes() {
            List<Change> all = new ArrayList<>();
            pages.forEach(page -> all.addAll(page.changes()));
            return all;
        }

        /** The last change of each item. */
        Map<ItemKey, Change> last() {
            Map<ItemKey, Change> last = new LinkedHashMap<>();
            changes().forEach(change -> last.put(change.key(), change));
            return last;
        }

        /** The items that are in the feed by what it told. */
        Set<ItemKey> named() {
            Set<ItemKey> keys = new LinkedHashSet<>();
            last().forEach((key, change) -> {
                if (!(change instanceof Change.Removal)) {
                    keys.add(key);
                }
            });
            return keys;
        }

        Set<ItemKey> removed() {
            Set<ItemKey> keys = new LinkedHashSet<>(last().keySet());
            keys.removeAll(named());
            return keys;
        }
    }

    Pass pass(FeedId feed) {
        Pass pass = passes.get(feed);
        if (pass == null) {
            throw new AssertionError("there is no feed '" + feed + "'; there are " + passes.keySet());
        }
        return pass;
    }

    Set<ItemKey> named() {
        Set<ItemKey> keys = new LinkedHashSet<>();
        passes.values().forEach(pass -> keys.addAll(pass.named()));
        return keys;
    }

    /** What feeds announced as removed and no feed named. */
    Set<ItemKey> removed() {
        Set<ItemKey> keys = new LinkedHashSet<>();
        passes.values().forEach(pass -> keys.addAll(pass.removed()));
        keys.removeAll(named());
        return keys;
    }

    Optional<Feed> feedOf(ItemKey key) {
        return passes.values().stream()
                .filter(pass -> pass.named().contains(key))
                .map(Pass::feed)
                .findFirst();
    }

    SourceItem item(ItemKey key) {
        SourceItem item = items.get(key);
        if (item == null) {
            throw new AssertionError("no feed names item '" + key + "'; they name " + named());
        }
        return item;
    }
}
