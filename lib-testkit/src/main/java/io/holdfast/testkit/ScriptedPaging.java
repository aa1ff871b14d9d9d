// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.source.Feed;
import io.holdfast.testkit.ScriptedPage.Ending;
import io.holdfast.testkit.ScriptedPage.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts what a scripted feed has to tell into pages.
 *
 * <p>Cursors: {@code list:<number>:<offset>} is a place in a whole listing that began at that number of the log; {@code log:<number>} a place
 * in the log. Listings go by offset, as services do: a deletion in the middle shifts what comes after it.
 */
final class ScriptedPaging {
    /** So many entries before its mark a WATERMARK feed tells again. */
    private static final int OVERLAP = 2;

    private final ScriptedResource resource;
    private final ScriptedFeed feed;
    private final int size;

    ScriptedPaging(ScriptedResource resource, ScriptedFeed feed, int size) {
        this.resource = resource;
        this.feed = feed;
        this.size = size;
    }

    ScriptedPage read(String cursor) {
        if (cursor.isEmpty()) {
            return listing(resource.number, 0);
        }
        String[] fields = cursor.split(":", -1);
        long number = Long.parseLong(fields[1]);
        if (number < feed.cursorsFrom) {
            return new ScriptedPage(List.of(), Ending.RESET, "");
        }
        return fields[0].equals("list") ? listing(number, Integer.parseInt(fields[2])) : log(number);
    }

    private ScriptedPage listing(long began, int offset) {
        List<Named> all = new ArrayList<>();
        for (ScriptedTenant.Placed placed : resource.items.values()) {
            if (placed.feed().equals(feed.id)
                    && !resource.hidden.contains(placed.item().key())) {
                all.add(new Named(placed.item().key(), Optional.of(placed.item()), false));
            }
        }
        int from = Math.min(offset, all.size());
        int to = Math.min(from + size, all.size());
        List<Named> page = all.subList(from, to);
        return to < all.size()
                ? new ScriptedPage(page, Ending.MORE, "list:" + began + ":" + to)
                : new ScriptedPage(page, Ending.CAUGHT_UP_COMPLETE, "log:" + began);
    }

    private ScriptedPage log(long number) {
        boolean watermark = feed.kind == Feed.Kind.WATERMARK;
        List<ScriptedFeed.Entry> rest = feed.log.stream()
                .filter(entry -> entry.number() > (watermark ? number - OVERLAP : number))
                .toList();
        List<ScriptedFeed.Entry> page = rest.subList(0, Math.min(watermark ? rest.size() : size, rest.size()));
        List<Named> named = new ArrayList<>();
        page.stream()
                .map(this::named)
                .filter(each -> !watermark || each.item().isPresent())
                .forEach(named::add);
        return page.size() < rest.size()
                ? new ScriptedPage(
                        named, Ending.MORE, "log:" + page.get(page.size() - 1).number())
                : new ScriptedPage(named, Ending.CAUGHT_UP, "log:" + resource.number);
    }

    /** The item as it is now, whatever it was when the entry was written: so do services. */
    private Named named(ScriptedFeed.Entry entry) {
        Optional<ScriptedItem> item = Optional.ofNullable(resource.items.get(entry.key()))
                .filter(placed -> placed.feed().equals(feed.id) && entry.sort() != ScriptedFeed.Sort.GHOST)
                .map(ScriptedTenant.Placed::item);
        return new Named(entry.key(), item, entry.sort() == ScriptedFeed.Sort.SPARSE);
    }
}
