// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Resource;
import io.holdfast.source.SourceItem;
import io.holdfast.source.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One resource of a source in memory: its items, and the log of what happened to them; safe for use by several threads.
 *
 * <p>A cursor is {@code generation.l.SEQ.KEY} in the midst of the first listing, where SEQ is how long the log was when it began, and
 * {@code generation.c.SEQ} afterwards: what the log says from SEQ on.
 */
final class InMemoryResource {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final FeedId NO_FEED = new FeedId("none");

    private final Resource resource;
    private final TreeMap<String, InMemoryItem> items = new TreeMap<>();
    private final List<Event> log = new ArrayList<>();
    private int generation;
    private int lastKey;
    private boolean quiet;

    InMemoryResource(Resource resource) {
        this.resource = resource;
    }

    /** Something happened to an item as far as a feed is concerned. */
    private record Event(FeedId feed, ItemKey key) {}

    /** A page that is there already. */
    record Page(List<Change> changes, ChangePage.End end) {}

    Resource resource() {
        return resource;
    }

    synchronized Optional<InMemoryItem> find(ItemKey key) {
        return Optional.ofNullable(items.get(key.value()));
    }

    synchronized List<InMemoryItem> items() {
        return List.copyOf(items.values());
    }

    private InMemoryItem require(ItemKey key) {
        InMemoryItem item = items.get(key.value());
        if (item == null) {
            throw new IllegalArgumentException("resource '" + resource.id() + "' has no item '" + key + "'");
        }
        return item;
    }

    synchronized ItemKey nextKey() {
        return new ItemKey(String.format("%06d", ++lastKey));
    }

    private Instant now() {
        return START.plusSeconds(log.size());
    }

    synchronized ItemKey addFolder(Optional<ItemKey> parent, String name) {
        parent.ifPresent(this::requireFolder);
        ItemKey key = nextKey();
        put(InMemoryItem.folder(key, parent, name, now()));
        return key;
    }

    synchronized ItemKey addNote(ItemKey folder, String name, Map<String, byte[]> parts) {
        requireFolder(folder);
        ItemKey key = nextKey();
        put(InMemoryItem.note(key, folder, name, parts, now()));
        return key;
    }

    private void requireFolder(ItemKey key) {
        if (!require(key).folder()) {
            throw new IllegalArgumentException("item '" + key + "' is no folder");
        }
    }

    private void put(InMemoryItem item) {
        items.put(item.key().value(), item);
        happened(item.feed(), item.key());
    }

    private void happened(FeedId feed, ItemKey key) {
        log.add(new Event(quiet ? NO_FEED : feed, key));
    }

    /** Does something that no feed will tell; a listing shows it. */
    synchronized void quietly(Runnable change) {
        quiet = true;
        try {
            change.run();
        } finally {
            quiet = false;
        }
    }

    /** Changes an item in a way that the service notices. */
    synchronized void change(ItemKey key, UnaryOperator<InMemoryItem> change) {
        InMemoryItem old = require(key);
        InMemoryItem now = change.apply(old).at(now());
        now.parent().ifPresent(this::requireFolder);
        if (!now.feed().equals(old.feed())) {
            happened(old.feed(), key);
        }
        put(now);
    }

    /** Changes an item in a way that no listing shows. */
    synchronized void changeSilently(ItemKey key, UnaryOperator<InMemoryItem> change) {
        items.put(key.value(), change.apply(require(key)));
    }

    synchronized void delete(ItemKey key) {
        InMemoryItem item = require(key);
        for (InMemoryItem held : items()) {
            if (held.parent().filter(key::equals).isPresent()) {
                delete(held.key());
            }
        }
        items.remove(key.value());
        happened(item.feed(), key);
    }

    synchronized void expireCursors() {
        generation++;
    }

    synchronized List<FeedId> feeds() {
        List<FeedId> feeds = new ArrayList<>();
        feeds.add(InMemoryItem.FOLDERS);
        items.values().stream()
                .filter(InMemoryItem::folder)
                .forEach(folder -> feeds.add(InMemoryItem.feedOf(folder.key())));
        return feeds;
    }

    synchronized Page changes(FeedId feed, Optional<Cursor> from, int size, String fingerprint, boolean incremental) {
        if (from.isEmpty()) {
            return list(feed, TimeRange.all(), new Place("", log.size()), size, fingerprint);
        }
        String[] place = from.get().value().split("\\.", 4);
        if (place.length < 3 || !place[0].equals(String.valueOf(generation))) {
            return new Page(List.of(), new ChangePage.Reset());
        }
        int sequence = Integer.parseInt(place[2]);
        if (place[1].equals("l")) {
            return list(feed, TimeRange.all(), new Place(place[3], sequence), size, fingerprint);
        }
        return incremental
                ? since(feed, sequence, size, fingerprint)
                : list(feed, TimeRange.all(), new Place("", log.size()), size, fingerprint);
    }

    /** What a feed holds of a range of time, read from the beginning or behind a page of such a listing. */
    synchronized Page list(FeedId feed, TimeRange modified, Optional<Cursor> from, int size, String fingerprint) {
        String after = from.map(cursor -> cursor.value().split("\\.", 4)[3]).orElse("");
        return list(feed, modified, new Place(after, log.size()), size, fingerprint);
    }

    /** In the midst of a listing: behind which key, and how long the log was when it began. */
    private record Place(String after, int sequence) {}

    private Page list(FeedId feed, TimeRange modified, Place place, int size, String fingerprint) {
        List<Change> changes = new ArrayList<>();
        String last = place.after;
        for (InMemoryItem item : items.tailMap(place.after, false).values()) {
            SourceItem told = item.toSourceItem();
            if (!item.feed().equals(feed) || !modified.contains(told.modified())) {
                continue;
            }
            if (changes.size() == size) {
                return new Page(changes, new ChangePage.More(cursor("l." + place.sequence + "." + last, fingerprint)));
            }
            changes.add(new Change.Upsert(told, List.of()));
            last = item.key().value();
        }
        return new Page(changes, new ChangePage.CaughtUp(cursor("c." + place.sequence, fingerprint), true));
    }

    /** Of several events of one item the last one is told, as the item is now. */
    private Page since(FeedId feed, int sequence, int size, String fingerprint) {
        Map<ItemKey, Integer> lastHere = new HashMap<>();
        for (int i = sequence; i < log.size(); i++) {
            if (log.get(i).feed().equals(feed)) {
                lastHere.put(log.get(i).key(), i);
            }
        }
        List<Change> changes = new ArrayList<>();
        for (int i = sequence; i < log.size(); i++) {
            Event event = log.get(i);
            if (!event.feed().equals(feed) || lastHere.getOrDefault(event.key(), -1) != i) {
                continue;
            }
            if (changes.size() == size) {
                return new Page(changes, new ChangePage.More(cursor("c." + i, fingerprint)));
            }
            changes.add(told(feed, event.key()));
        }
        return new Page(changes, new ChangePage.CaughtUp(cursor("c." + log.size(), fingerprint), false));
    }

    private Change told(FeedId feed, ItemKey key) {
        InMemoryItem item = items.get(key.value());
        return item != null && item.feed().equals(feed)
                ? new Change.Upsert(item.toSourceItem(), List.of())
                : new Change.Removal(key);
    }

    private Cursor cursor(String place, String fingerprint) {
        return new Cursor(generation + "." + place, fingerprint);
    }

    ResourceId id() {
        return resource.id();
    }
}
