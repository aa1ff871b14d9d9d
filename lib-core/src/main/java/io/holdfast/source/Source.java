// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import java.util.List;
import java.util.Optional;

/**
 * An open source: the four roles of a connector for the length of one session.
 *
 * <p>Safe for use by several threads: resources are worked on in parallel, pages of one feed in order, contents in parallel. Every
 * call is one attempt: a failure is thrown as {@link io.holdfast.retry.FailureException} and may be followed by the same call again. What the engine
 * must stop for is a {@link io.holdfast.error.SourceException}.
 */
public interface Source extends AutoCloseable {

    /**
     * Lists the resources in scope, protected or not; without probing them one by one where a listing tells. Each is named once, and under
     * the same identifier in every session. After a failure it is asked for once more, from the beginning: a source of many resources remembers what
     * cost a request for each, so that a second attempt comes further than the first.
     *
     * @return the resources in any order, which the caller closes
     */
    Pull<Resource> discover();

    /**
     * Names the change feeds of a resource.
     *
     * @param resource a resource that discovery gave as protected
     * @return its feeds, each once and the same in every session; a feed that is no longer named has ended
     */
    List<Feed> feeds(Resource resource);

    /**
     * Reads one page of a feed.
     *
     * <p>A page may be asked for again, and the pages behind it by another session: all that a connector knows of the place stands in the
     * cursor. Where nothing changed meanwhile the same is told again, and in one pass no two pages end at the same cursor. Every item is named
     * in a first pass, containers included. A cursor that is no longer good gives a page without changes that ends in
     * {@link ChangePage.Reset}. An item that is told with the tags that it had before is taken to be what it was.
     *
     * @param resource the resource
     * @param feed one of its feeds
     * @param from where the last page ended, or empty for the beginning
     * @return the page, which the caller closes
     */
    ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from);

    /**
     * Within how many sessions the auditor lists once more all that the INCREMENTAL feeds of this source have told, a part in each: what no feed
     * ever announced is found by it. It lists only feeds that say {@linkplain #listing how}.
     *
     * @return the number of sessions; 0, the default, for never
     */
    default int auditRuns() {
        return 0;
    }

    /**
     * How a feed of changes can be listed for the auditor.
     *
     * @param resource the resource
     * @param feed a feed of kind INCREMENTAL; the engine itself reads others from their beginnings, always or now and then
     * @return how; not at all by default
     */
    default Listing listing(Resource resource, Feed feed) {
        return Listing.NONE;
    }

    /** How a feed can be listed beside its changes. */
    enum Listing {
        /** Not at all. */
        NONE,
        /** As a whole. */
        WHOLE,
        /** By ranges of the time of last change, so that of a large one a part can be listed. */
        BY_TIME
    }

    /**
     * Lists what a feed holds now, as if it had never been read; by default the feed itself, from its beginning. Items have the tags and times that the
     * feed would tell. A page that ends in {@link ChangePage.Reset} ends the listing without a word on what it lacks.
     *
     * @param resource the resource
     * @param feed a feed whose {@linkplain #listing listing} is not {@code NONE}
     * @param modified which items; all unless the feed is listed {@code BY_TIME}
     * @param from where the last page ended, or empty for the beginning
     * @return the page, which the caller closes; where a listing ends, nothing goes on
     */
    default ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
        return changes(resource, feed, from);
    }

    /**
     * Asks for items by id, to confirm that they are gone or to complete a hint. Absent is said only of what the service says does not exist:
     * tombstones hang on it. What is there but cannot be read is present or unknown. A present item has the tags and the feed that its feed
     * would tell.
     *
     * @param resource the resource
     * @param items at most {@link #maxLookupBatch()} items
     * @return an answer for each item, in any order
     */
    List<Lookup> lookup(ResourceId resource, List<ItemRef> items);

    /**
     * How many items one lookup may ask for.
     *
     * @return at least 1
     */
    default int maxLookupBatch() {
        return 100;
    }

    /**
     * Fetches items with their contents, as they are now and not as the reference remembers them. One that cannot be read never hides the others
     * of its batch. What a connector holds in memory of an element is reserved until the next pull or until the sequence is closed, and not longer:
     * an element larger than the whole budget then goes alone.
     *
     * @param resource the resource
     * @param items at most {@link #maxFetchBatch()} items
     * @return an outcome for each item, in any order, one at a time; the caller closes it
     */
    Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items);

    /**
     * How many items one fetch may ask for.
     *
     * @return at least 1
     */
    default int maxFetchBatch() {
        return 1;
    }

    /**
     * How many items of a resource one fetch should ask for. Items of a batch come one after the other, batches beside one another: large contents
     * want small ones.
     *
     * @param resource the resource
     * @return 1 to {@link #maxFetchBatch()}, which is the default
     */
    default int fetchBatch(ResourceId resource) {
        return maxFetchBatch();
    }

    /**
     * What this source can do with each kind of item.
     *
     * @return the declared capabilities, for reports and documentation
     */
    List<KindCapability> kinds();

    /**
     * How items of a kind are written as files for people, where the connector knows how.
     *
     * @return the renderers
     */
    default List<Renderer> renderers() {
        return List.of();
    }

    /**
     * The role that takes items back.
     *
     * @param settings where to, and what to do on conflicts
     * @return the target, which the caller closes, or empty if this source takes nothing back
     */
    Optional<RestoreTarget> restoreTarget(RestoreSettings settings);

    /**
     * Plans what a session would send for a resource, from what is known without asking the service; documented call economy turned into numbers.
     *
     * @param resource a resource that discovery gave as protected
     * @param past what is stored of it already; empty for a first session
     * @return the requests by operation; empty if this source cannot tell
     */
    default List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        return List.of();
    }

    /**
     * What this source has learned so far, the {@linkplain SourceContext#earlier earlier} observations among it; asked once, before a snapshot is
     * committed.
     *
     * @return the observations
     */
    default Observations observations() {
        return Observations.none();
    }

    /** Ends the session with the source, and no other; gives back all memory. May be called again. */
    @Override
    void close();
}
