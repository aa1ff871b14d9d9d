// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.FeedId;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of the tenant's table: all that a repository keeps of a resource beside its items.
 *
 * @param resource what the source said of it last
 * @param manifest the runs of its manifest, newest first
 * @param digest the digest of its items
 * @param counts how much it holds
 * @param feeds its feeds
 * @param ledger the runs of its ledger, newest first
 * @param openCounts how many open ledger entries it has of each kind
 * @param lastCompleted when it was caught up last, the epoch for never; empty if that was in the very session of the record that this is read from,
 *     so that a session which finds nothing new has nothing to write
 * @param departedSince since when discovery no longer names it, if so
 */
public record ResourceState(
        Resource resource,
        List<RunRef> manifest,
        ManifestDigest digest,
        Manifest.Counts counts,
        List<FeedState> feeds,
        List<RunRef> ledger,
        OpenCounts openCounts,
        Optional<Instant> lastCompleted,
        Optional<Instant> departedSince) {

    /** Copies lists and checks for null. */
    public ResourceState {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(openCounts, "openCounts");
        Objects.requireNonNull(lastCompleted, "lastCompleted");
        Objects.requireNonNull(departedSince, "departedSince");
        manifest = List.copyOf(manifest);
        feeds = List.copyOf(feeds);
        ledger = List.copyOf(ledger);
    }

    /**
     * A resource that nothing is stored of yet.
     *
     * @param resource what the source says of it
     * @return the state
     */
    public static ResourceState fresh(Resource resource) {
        return new ResourceState(
                resource,
                List.of(),
                ManifestDigest.empty(),
                new Manifest.Counts(0, 0, 0),
                List.of(),
                List.of(),
                new OpenCounts(0, 0, 0, 0),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The resource's identifier.
     *
     * @return the id
     */
    public ResourceId id() {
        return resource.id();
    }

    /**
     * The state in the words of the public face.
     *
     * @param committed when the record was committed that this state is read from
     * @return the summary
     */
    public ResourceSummary summary(Instant committed) {
        // No time in the state means: caught up in the very session of that record. The epoch means: never.
        Optional<Instant> completed =
                Optional.of(lastCompleted.orElse(committed)).filter(Instant.EPOCH::isBefore);
        return new ResourceSummary(
                id(),
                resource.workload(),
                resource.displayName(),
                resource.owner(),
                counts.items() + counts.containers(),
                counts.containers(),
                counts.bytes(),
                completed,
                departedSince);
    }

    /**
     * Open entries of a ledger, by what is wrong.
     *
     * @param failed items that are not stored
     * @param degraded items of which a part is not stored
     * @param stale items of which only an older version is stored
     * @param skipped items that the source refuses for good
     */
    public record OpenCounts(long failed, long degraded, long stale, long skipped) {
        /**
         * What the ledger asks for again.
         *
         * @return how many items are not, or not wholly, stored, or stale
         */
        public long waiting() {
            return failed + degraded + stale;
        }
    }

    /**
     * What is kept of one feed.
     *
     * @param id the feed
     * @param kind how it tells changes
     * @param cursor where its next page begins, if it was ever read
     * @param cursorTaken when the service gave that cursor
     * @param caughtUp whether the cursor stands behind a whole pass; else the pass goes on from it
     * @param passes how many whole passes there were
     * @param seen the runs of keys that the unfinished complete pass has named so far, newest first
     * @param complete whether the unfinished pass names every item from its beginning
     */
    public record FeedState(
            FeedId id,
            Feed.Kind kind,
            Optional<Cursor> cursor,
            Instant cursorTaken,
            boolean caughtUp,
            long passes,
            List<RunRef> seen,
            boolean complete) {
        /** Copies the list and checks for null. */
        public FeedState {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(cursor, "cursor");
            Objects.requireNonNull(cursorTaken, "cursorTaken");
            seen = List.copyOf(seen);
        }
    }
}
