// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.ManifestWork;
import io.holdfast.internal.repository.RunDraft;
import io.holdfast.model.FeedId;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a session has in hand of one resource: its manifest, its ledger and its feeds; safe for use by several threads.
 *
 * <p>A checkpoint first {@linkplain #freeze freezes} it, then, when all of that is durable, {@linkplain #settle settles} it into the table.
 */
final class ResourceWork {
    final Resource resource;
    final ResourceState before;
    final ManifestWork manifest;
    final ResourceLedger ledger;
    private final SessionShared shared;
    private final Map<FeedId, FeedWork> feeds = new LinkedHashMap<>();
    private volatile boolean caughtUp;
    private volatile boolean changed;
    private final AtomicReference<@Nullable FailureException> parked = new AtomicReference<>();

    ResourceWork(SessionShared shared, Resource resource, Optional<ResourceState> stored) {
        this.shared = shared;
        this.resource = resource;
        this.before = stored.orElseGet(() -> ResourceState.fresh(resource));
        this.manifest = shared.work.manifest(before);
        this.ledger = new ResourceLedger(shared, shared.work.ledger(before));
        // A resource that is new, renamed or back again is written even if no item of it changed.
        this.changed = stored.isEmpty()
                || !before.resource().equals(resource)
                || before.departedSince().isPresent()
                || before.lastCompleted().isPresent();
    }

    ResourceId id() {
        return resource.id();
    }

    synchronized FeedWork feed(Feed feed) {
        ResourceState.FeedState state = before.feeds().stream()
                .filter(f -> f.id().equals(feed.id()))
                .findFirst()
                .orElse(null);
        FeedWork work = new FeedWork(feed, state);
        feeds.put(feed.id(), work);
        return work;
    }

    synchronized boolean knows(FeedId feed) {
        return feeds.containsKey(feed);
    }

    void caughtUp() {
        caughtUp = true;
    }

    /** Puts the resource aside: nothing more of it is asked for in this session, and what is not stored yet stays undone, without a fault. */
    void park(FailureException why) {
        parked.compareAndSet(null, why);
    }

    boolean isParked() {
        return parked.get() != null;
    }

    /** Throws why the resource was put aside, if it was. */
    void requireNotParked() {
        FailureException why = parked.get();
        if (why != null) {
            throw why;
        }
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    /** Fixes what may be recorded now; cursors first, so that they never run ahead of the data (I1). */
    synchronized Frozen freeze() {
        long number = shared.work.number();
        Map<FeedWork, FeedWork.Place> places = new LinkedHashMap<>();
        List<RunDraft> drafts = new ArrayList<>();
        boolean worth = changed;
        Instant now = shared.time().now();
        for (FeedWork feed : feeds.values()) {
            FeedWork.Place place = feed.place(number);
            place.draft().ifPresent(drafts::add);
            places.put(feed, place);
            worth |= feed.isWorthWriting(now) || !place.finished();
        }
        manifest.freeze(number).ifPresent(drafts::add);
        ledger.work().freeze(number).ifPresent(drafts::add);
        worth |= !drafts.isEmpty();
        return new Frozen(places, drafts, worth, caughtUp);
    }

    /** Puts into the table what was frozen; all its drafts are durable now. */
    synchronized void settle(Frozen frozen, boolean lastTime) {
        if (!frozen.worth && !movedSince()) {
            return;
        }
        changed = true;
        if (lastTime) {
            manifest.compact();
        }
        Instant now = shared.time().now();
        List<ResourceState.FeedState> states = new ArrayList<>();
        frozen.places.forEach((feed, place) -> states.add(stateOf(feed, place, now)));
        before.feeds().stream()
                .filter(f -> !feeds.containsKey(f.id()) && !caughtUp)
                .forEach(states::add);
        shared.work
                .table()
                .put(new ResourceState(
                        resource,
                        manifest.runs(),
                        manifest.digest(),
                        manifest.counts(),
                        states,
                        ledger.work().runs(),
                        ledger.work().counts(),
                        lastCompleted(frozen),
                        Optional.empty()));
    }

    private ResourceState.FeedState stateOf(FeedWork feed, FeedWork.Place place, Instant now) {
        // An unchanged feed keeps its old cursor for half of that cursor's life, so that the table stays as it is.
        ResourceState.FeedState kept = feed.before().orElse(null);
        boolean unmoved = place.finished() && !feed.isWorthWriting(now) && !movedSince();
        return kept != null && kept.caughtUp() && unmoved ? kept : feed.state(place, now);
    }

    private boolean movedSince() {
        return !manifest.runs().equals(before.manifest())
                || !ledger.work().runs().equals(before.ledger());
    }

    private Optional<Instant> lastCompleted(Frozen frozen) {
        if (frozen.caughtUp) {
            return Optional.empty();
        }
        return Optional.of(Completion.before(shared.work, before));
    }

    /**
     * What may be recorded of a resource at one moment.
     *
     * @param places how far each feed has come
     * @param drafts what must become durable first
     * @param worth whether anything of it must be written
     * @param caughtUp whether the session has all of the resource
     */
    record Frozen(Map<FeedWork, FeedWork.Place> places, List<RunDraft> drafts, boolean worth, boolean caughtUp) {}
}
