// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source in memory, with hands to create, change, move, delete and break what is in it: for tests of hosts, and as the model of a sound
 * connector.
 *
 * <p>A resource holds folders, which hold notes. One feed names the folders, and one for each folder names its notes: a note that moves is
 * announced as removed by one feed and told by another. Notes have a part {@code content} and, if attached, further ones. A note whose name
 * ends in {@code .eml} is a message. Times are made up: each change is a second later than the one before. Safe for use by several threads.
 */
public final class InMemorySource implements SourceConnector {
    private final SourceId id;
    private final TenantId tenant;
    private final Feed.Kind kind;
    private final int pageSize;
    private final boolean buffering;
    private final int auditRuns;
    private final ConcurrentSkipListMap<ResourceId, InMemoryResource> resources = new ConcurrentSkipListMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong contentReads = new AtomicLong();

    private InMemorySource(
            SourceId id, TenantId tenant, Feed.Kind kind, int pageSize, boolean buffering, int auditRuns) {
        this.id = id;
        this.tenant = tenant;
        this.kind = kind;
        this.pageSize = pageSize;
        this.buffering = buffering;
        this.auditRuns = auditRuns;
    }

    /**
     * An empty source of tenant {@code local} that tells changes by a log, in pages of ten.
     *
     * @param name the name of the source
     * @return the source
     */
    public static InMemorySource create(String name) {
        return new InMemorySource(new SourceId(name), new TenantId("local"), Feed.Kind.INCREMENTAL, 10, false, 0);
    }

    /**
     * A source of another tenant, empty.
     *
     * @param other the tenant
     * @return another source
     */
    public InMemorySource of(TenantId other) {
        return new InMemorySource(id, other, kind, pageSize, buffering, auditRuns);
    }

    /**
     * A source whose feeds are of another kind, empty.
     *
     * @param feeds INCREMENTAL, or ENUMERATION for a source that lists everything each time
     * @return another source
     */
    public InMemorySource telling(Feed.Kind feeds) {
        if (feeds == Feed.Kind.WATERMARK) {
            throw new IllegalArgumentException(
                    "feeds of kind WATERMARK; a source in memory has INCREMENTAL or ENUMERATION");
        }
        return new InMemorySource(id, tenant, feeds, pageSize, buffering, auditRuns);
    }

    /**
     * A source with pages of another size, empty.
     *
     * @param changes how many changes a page has at most, at least 1
     * @return another source
     */
    public InMemorySource inPagesOf(int changes) {
        if (changes < 1) {
            throw new IllegalArgumentException("pages of " + changes + " changes; at least 1 is needed");
        }
        return new InMemorySource(id, tenant, kind, changes, buffering, auditRuns);
    }

    /**
     * A source that takes the bytes of each fetched note from the session's budget until the next one is pulled, as connectors do that
     * hold a whole answer in memory; empty.
     *
     * @return another source
     */
    public InMemorySource buffering() {
        return new InMemorySource(id, tenant, kind, pageSize, true, auditRuns);
    }

    /**
     * A source that lets the auditor list it, empty.
     *
     * @param runs in how many sessions all of it is listed once more, at least 1
     * @return another source
     */
    public InMemorySource auditedIn(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("audited in " + runs + " sessions; at least 1 is needed");
        }
        return new InMemorySource(id, tenant, kind, pageSize, buffering, runs);
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public TenantId tenant() {
        return tenant;
    }

    @Override
    public Source open(SourceContext context) {
        return new OpenInMemorySource(this, context);
    }

    /**
     * Adds a resource that can be protected.
     *
     * @param name its identifier, which is also its name for people
     * @param owner whom it belongs to
     * @return its identifier
     */
    public ResourceId addResource(String name, String owner) {
        return addResource(new Resource(new ResourceId(name), "notes", name, owner, Optional.empty()));
    }

    /**
     * Adds a resource.
     *
     * @param resource the resource, protected or not
     * @return its identifier
     */
    public ResourceId addResource(Resource resource) {
        if (resources.putIfAbsent(resource.id(), new InMemoryResource(resource)) != null) {
            throw new IllegalArgumentException("resource '" + resource.id() + "' is there already");
        }
        return resource.id();
    }

    /**
     * Removes a resource, as when somebody leaves.
     *
     * @param resource the resource
     */
    public void removeResource(ResourceId resource) {
        resources.remove(resource);
    }

    /**
     * Adds a folder at the root of a resource.
     *
     * @param resource the resource
     * @param name its name
     * @return its key
     */
    public ItemKey addFolder(ResourceId resource, String name) {
        return require(resource).addFolder(Optional.empty(), name);
    }

    /**
     * Adds a folder inside another.
     *
     * @param resource the resource
     * @param parent the folder that holds it
     * @param name its name
     * @return its key
     */
    public ItemKey addFolder(ResourceId resource, ItemKey parent, String name) {
        return require(resource).addFolder(Optional.of(parent), name);
    }

    /**
     * Adds a note.
     *
     * @param resource the resource
     * @param folder the folder that holds it
     * @param name its name
     * @param content its content
     * @return its key
     */
    public ItemKey add(ResourceId resource, ItemKey folder, String name, byte[] content) {
        return require(resource).addNote(folder, name, Map.of(InMemoryItem.CONTENT, content.clone()));
    }

    /**
     * Gives a note a further part, or another content of one that it has.
     *
     * @param resource the resource
     * @param note the note
     * @param part the part's name, such as {@code attachment/1}
     * @param content its bytes
     */
    public void attach(ResourceId resource, ItemKey note, String part, byte[] content) {
        byte[] copy = content.clone();
        require(resource).change(note, item -> item.with(part, copy));
    }

    /**
     * Changes the content of a note.
     *
     * @param resource the resource
     * @param note the note
     * @param content its new content
     */
    public void change(ResourceId resource, ItemKey note, byte[] content) {
        attach(resource, note, InMemoryItem.CONTENT, content);
    }

    /**
     * Changes the name of a folder or note, and nothing of its content.
     *
     * @param resource the resource
     * @param item the folder or note
     * @param name its new name
     */
    public void rename(ResourceId resource, ItemKey item, String name) {
        require(resource).change(item, old -> old.named(name));
    }

    /**
     * Changes the metadata of a folder or note, and nothing of its content.
     *
     * @param resource the resource
     * @param item the folder or note
     * @param metadata its new metadata
     */
    public void describe(ResourceId resource, ItemKey item, SourceItem.Metadata metadata) {
        require(resource).change(item, old -> old.with(metadata));
    }

    /**
     * Moves a folder or note into another folder; its key stays.
     *
     * @param resource the resource
     * @param item the folder or note
     * @param folder where to
     */
    public void move(ResourceId resource, ItemKey item, ItemKey folder) {
        require(resource).change(item, old -> old.under(folder));
    }

    /**
     * Deletes a note, or a folder with all that it holds.
     *
     * @param resource the resource
     * @param item the folder or note
     */
    public void delete(ResourceId resource, ItemKey item) {
        require(resource).delete(item);
    }

    /**
     * Lets the source list a note and hand out none of it.
     *
     * @param resource the resource
     * @param note the note
     * @param why what fetching it answers
     */
    public void refuse(ResourceId resource, ItemKey note, Trouble why) {
        require(resource).changeSilently(note, item -> item.refused(Optional.of(why)));
    }

    /**
     * Lets reading one part of a note fail each time.
     *
     * @param resource the resource
     * @param note the note
     * @param part the part's name
     */
    public void breakPart(ResourceId resource, ItemKey note, String part) {
        require(resource).changeSilently(note, item -> item.withBroken(part));
    }

    /**
     * Takes refusals and breakages of a note back; no feed tells that.
     *
     * @param resource the resource
     * @param note the note
     */
    public void heal(ResourceId resource, ItemKey note) {
        require(resource).changeSilently(note, InMemoryItem::healed);
    }

    /**
     * Changes a resource in a way that no feed will ever tell, as services do that lose announcements; listings and look-ups show it.
     *
     * @param resource the resource
     * @param change uses the other methods of this source on that resource
     */
    public void quietly(ResourceId resource, Runnable change) {
        require(resource).quietly(change);
    }

    /**
     * Makes every cursor that was given so far invalid: feeds ask to be read from their beginnings.
     *
     * @param resource the resource
     */
    public void expireCursors(ResourceId resource) {
        require(resource).expireCursors();
    }

    /**
     * What a resource holds now.
     *
     * @param resource the resource
     * @return folders and notes, by key
     */
    public List<SourceItem> items(ResourceId resource) {
        return require(resource).items().stream()
                .map(InMemoryItem::toSourceItem)
                .toList();
    }

    /**
     * The bytes of a part of a note, broken or not.
     *
     * @param resource the resource
     * @param note the note
     * @param part the part's name
     * @return a copy, or empty if there is no such note or part
     */
    public Optional<byte[]> content(ResourceId resource, ItemKey note, String part) {
        return require(resource)
                .find(note)
                .flatMap(item -> Optional.ofNullable(item.parts().get(part)))
                .map(byte[]::clone);
    }

    /**
     * How many calls sessions have made of open sources and restore targets so far.
     *
     * @return the count
     */
    public long requests() {
        return requests.get();
    }

    /**
     * How many times the bytes of a part were asked for so far.
     *
     * @return the count
     */
    public long contentReads() {
        return contentReads.get();
    }

    void requested() {
        requests.incrementAndGet();
    }

    void contentRead() {
        contentReads.incrementAndGet();
    }

    Feed.Kind kind() {
        return kind;
    }

    int pageSize() {
        return pageSize;
    }

    int auditRuns() {
        return auditRuns;
    }

    boolean isBuffering() {
        return buffering;
    }

    List<InMemoryResource> resources() {
        return List.copyOf(resources.values());
    }

    InMemoryResource require(ResourceId resource) {
        InMemoryResource there = resources.get(resource);
        if (there == null) {
            throw new IllegalArgumentException("source '" + id + "' has no resource '" + resource + "'");
        }
        return there;
    }
}
