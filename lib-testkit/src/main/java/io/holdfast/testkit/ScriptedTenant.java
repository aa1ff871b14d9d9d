// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An organisation in memory, which tests change between sessions and in the middle of them; a {@link ScriptedSource} tells of it.
 *
 * <p>Safe for use by several threads. It remembers what changed in which feed, as a service does, and every state that an item was ever in,
 * as only a test can.
 */
public final class ScriptedTenant {
    private final TimeSource time;
    private final Map<ResourceId, ScriptedResource> resources = new LinkedHashMap<>();

    /**
     * A tenant without resources.
     *
     * @param time what its changes are dated by
     */
    public ScriptedTenant(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * An item and the feed that it is in.
     *
     * @param feed the feed
     * @param item the item
     */
    public record Placed(FeedId feed, ScriptedItem item) {
        /** Checks for null. */
        public Placed {
            Objects.requireNonNull(feed, "feed");
            Objects.requireNonNull(item, "item");
        }
    }

    /**
     * Adds a resource.
     *
     * @param id its identifier, name and owner
     * @return this tenant
     */
    public synchronized ScriptedTenant resource(String id) {
        ResourceId key = new ResourceId(id);
        resources.put(key, new ScriptedResource(new Resource(key, "notes", id, id, Optional.empty())));
        return this;
    }

    /**
     * Adds a feed whose removals have to be confirmed.
     *
     * @param resource the resource
     * @param feed the feed's identifier
     * @param kind how it tells changes
     * @return this tenant
     */
    public ScriptedTenant feed(String resource, String feed, Feed.Kind kind) {
        return feed(resource, feed, kind, false);
    }

    /**
     * Adds a feed.
     *
     * @param resource the resource
     * @param feed the feed's identifier
     * @param kind how it tells changes
     * @param removalIsFinal whether its removals need no confirmation
     * @return this tenant
     */
    public synchronized ScriptedTenant feed(String resource, String feed, Feed.Kind kind, boolean removalIsFinal) {
        in(resource).feeds.put(new FeedId(feed), new ScriptedFeed(new FeedId(feed), kind, removalIsFinal));
        return this;
    }

    /**
     * Lets a feed end: it is no longer listed, and neither is what is still in it.
     *
     * @param resource the resource
     * @param feed the feed
     */
    public synchronized void endFeed(String resource, String feed) {
        ScriptedResource in = in(resource);
        FeedId id = new FeedId(feed);
        List.copyOf(in.items.values()).stream()
                .filter(placed -> placed.feed().equals(id))
                .forEach(placed -> in.remove(placed.item().key(), false));
        in.feeds.remove(id);
    }

    /**
     * Gives the cursors of a feed another meaning, as a changed filter would: those of before no longer fit.
     *
     * @param resource the resource
     * @param feed the feed
     * @param fingerprint the new meaning
     */
    public synchronized void fingerprint(String resource, String feed, String fingerprint) {
        in(resource).feed(new FeedId(feed)).fingerprint = fingerprint;
    }

    /**
     * Makes all cursors of a feed so far invalid: whoever comes with one is asked to start again.
     *
     * @param resource the resource
     * @param feed the feed
     */
    public synchronized void forgetCursors(String resource, String feed) {
        in(resource).forgetCursors(new FeedId(feed));
    }

    /**
     * Creates or changes an item; its modified time becomes now. Its feed is told of it.
     *
     * @param resource the resource
     * @param feed the feed that the item is in from now on
     * @param item the item
     */
    public synchronized void put(String resource, String feed, ScriptedItem item) {
        in(resource).put(new FeedId(feed), item.at(time.now()), ScriptedFeed.Sort.WHOLE);
    }

    /**
     * Changes only metadata, name or containers of an item, which a feed may tell as a sparse update.
     *
     * @param resource the resource
     * @param key the item
     * @param change makes the new state of the old one
     */
    public synchronized void edit(String resource, String key, UnaryOperator<ScriptedItem> change) {
        ScriptedResource in = in(resource);
        Placed placed = in.require(new ItemKey(key));
        in.put(placed.feed(), change.apply(placed.item()).at(time.now()), ScriptedFeed.Sort.SPARSE);
    }

    /**
     * Moves an item into another feed, unchanged; the feed it leaves says that it was removed.
     *
     * @param resource the resource
     * @param key the item
     * @param feed the feed that the item is in from now on
     */
    public synchronized void move(String resource, String key, String feed) {
        in(resource).move(new ItemKey(key), new FeedId(feed));
    }

    /**
     * Moves an item into another feed, and no feed says so.
     *
     * @param resource the resource
     * @param key the item
     * @param feed the feed that the item is in from now on
     */
    public synchronized void moveSilently(String resource, String key, String feed) {
        in(resource).moveSilently(new ItemKey(key), new FeedId(feed));
    }

    /**
     * Lets a feed say that an item is no longer in it, whether that is so or not: of a message that was moved away and back some services say
     * no more than that.
     *
     * @param resource the resource
     * @param key the item
     * @param feed the feed that says so
     */
    public synchronized void announceRemoval(String resource, String key, String feed) {
        ScriptedResource in = in(resource);
        in.log(in.feed(new FeedId(feed)), new ItemKey(key), ScriptedFeed.Sort.GHOST);
    }

    /**
     * Lets an item be in no listing from now on, though it exists and is found by its key.
     *
     * @param resource the resource
     * @param key the item
     */
    public synchronized void hide(String resource, String key) {
        in(resource).hidden.add(new ItemKey(key));
    }

    /**
     * Deletes an item; its feed is told of it.
     *
     * @param resource the resource
     * @param key the item
     */
    public synchronized void remove(String resource, String key) {
        in(resource).remove(new ItemKey(key), true);
    }

    /**
     * Deletes an item, and the feed never says so.
     *
     * @param resource the resource
     * @param key the item
     */
    public synchronized void removeSilently(String resource, String key) {
        in(resource).remove(new ItemKey(key), false);
    }

    /**
     * Gives a resource another name.
     *
     * @param resource the resource
     * @param name the name
     */
    public synchronized void rename(String resource, String name) {
        ScriptedResource in = in(resource);
        Resource old = in.resource;
        in.resource = new Resource(old.id(), old.workload(), name, old.owner(), old.notCovered());
    }

    /**
     * Takes a resource out of the coverage, or takes it back into it.
     *
     * @param resource the resource
     * @param why why it is not covered, or empty if it is
     */
    public synchronized void cover(String resource, Optional<Resource.NotCovered> why) {
        ScriptedResource in = in(resource);
        Resource old = in.resource;
        in.resource = new Resource(old.id(), old.workload(), old.displayName(), old.owner(), why);
    }

    /**
     * Lets a resource be named by discovery, or no longer.
     *
     * @param resource the resource
     * @param listed whether it is
     */
    public synchronized void list(String resource, boolean listed) {
        in(resource).listed = listed;
    }

    /**
     * What a resource holds now.
     *
     * @param resource the resource
     * @return items by key
     */
    public synchronized Map<ItemKey, Placed> items(String resource) {
        return new LinkedHashMap<>(in(resource).items);
    }

    /**
     * Every state that an item was ever in.
     *
     * @param resource the resource
     * @param key the item
     * @return the states, oldest first
     */
    public synchronized List<ScriptedItem> history(String resource, String key) {
        return List.copyOf(in(resource).history.getOrDefault(new ItemKey(key), List.of()));
    }

    /**
     * The resources that discovery names.
     *
     * @return in the order in which they were added
     */
    public synchronized List<Resource> resources() {
        List<Resource> listed = new ArrayList<>();
        resources.values().stream().filter(each -> each.listed).forEach(each -> listed.add(each.resource));
        return listed;
    }

    /**
     * The feeds of a resource.
     *
     * @param resource the resource
     * @return in the order in which they were added
     */
    public synchronized List<Feed> feeds(String resource) {
        return in(resource).feeds.values().stream().map(ScriptedFeed::toSource).toList();
    }

    synchronized Optional<Placed> find(ResourceId resource, ItemKey key) {
        return Optional.ofNullable(in(resource.value()).items.get(key));
    }

    /** Reads one page; under the tenant's lock, so that nothing changes within it. */
    synchronized ScriptedPage page(ResourceId resource, FeedId feed, String cursor, int size) {
        ScriptedResource in = in(resource.value());
        return new ScriptedPaging(in, in.feed(feed), size).read(cursor);
    }

    private ScriptedResource in(String id) {
        ScriptedResource found = resources.get(new ResourceId(id));
        if (found == null) {
            throw new IllegalArgumentException("there is no resource '" + id + "'; known are " + resources.keySet());
        }
        return found;
    }
}
