// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.SourceException;
import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.observe.SessionEvent;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings one resource up to date: reads its feeds, fetches what changed, confirms what is gone, tries the ledger's items again; for one
 * thread, which hands contents to others.
 */
final class ResourceRun {
    final SessionShared shared;
    final ResourceWork work;
    final FetchQueue fetches;
    final Removals removals;
    final ItemWork items;
    final Checkpoints checkpoints;

    ResourceRun(SessionShared shared, ResourceWork work, WorkSlots slots, Checkpoints checkpoints) {
        this.shared = shared;
        this.work = work;
        this.checkpoints = checkpoints;
        this.fetches = new FetchQueue(shared, work, slots);
        // Inline parts are read by this thread itself, on buffers of its own.
        this.items = new ItemWork(shared, work, new ContentStore(shared));
        this.removals = new Removals(shared, work, fetches, items);
    }

    /** Says why the resource was not caught up, or nothing if it was. */
    Optional<String> run() {
        shared.events.tell(new SessionEvent.ResourceStarted(work.id()));
        Optional<String> trouble = Optional.empty();
        try {
            catchUp();
            work.caughtUp();
        } catch (FailureException e) {
            trouble = Optional.of(e.failure().category() + ": " + e.getMessage());
        } catch (SourceException e) {
            trouble = Optional.of(e.code().id() + ": " + e.getMessage());
        }
        if (trouble.isPresent()) {
            fetches.drain();
        }
        shared.work.closeLanes(work.id());
        shared.events.tell(new SessionEvent.ResourceEnded(work.id(), trouble.isEmpty(), trouble));
        return trouble;
    }

    private void catchUp() {
        List<LedgerEntry> due = new ArrayList<>(work.ledger.due());
        List<Feed> feeds = shared.retrying("feeds", () -> shared.source.feeds(work.resource));
        List<FeedWork> opened = feeds.stream().map(work::feed).toList();
        for (FeedWork feed : opened) {
            new FeedReader(this, feed).read();
        }
        removals.confirm();
        fetches.drain();
        retry(due);
        fetches.drain();
    }

    /** Tries by id what is due and was not tried in this session already: the feed will not name it again. */
    private void retry(List<LedgerEntry> due) {
        for (LedgerEntry entry : due) {
            shared.proceed();
            Optional<LedgerEntry> now = work.ledger.work().find(entry.ref().key());
            if (now.isPresent() && now.get().attempts() == entry.attempts()) {
                fetches.add(entry.ref(), null);
            }
        }
    }
}
