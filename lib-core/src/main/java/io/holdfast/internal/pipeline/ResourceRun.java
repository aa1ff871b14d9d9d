// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.SourceException;
import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.observe.SessionEvent;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Feed;
import io.holdfast.source.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    private final FeedLines lines;

    ResourceRun(SessionShared shared, ResourceWork work, WorkSlots slots, Checkpoints checkpoints) {
        this.shared = shared;
        this.work = work;
        this.checkpoints = checkpoints;
        this.lines = new FeedLines(work);
        this.fetches = new FetchQueue(shared, work, slots);
        // Inline parts are read by this thread itself, on buffers of its own.
        this.items = new ItemWork(shared, work, new ContentStore(shared));
        this.removals = new Removals(shared, work, fetches, items);
    }

    /** Says why the resource was not caught up, or nothing if it was. */
    @SuppressWarnings("try") // the reservation is only held
    Optional<String> run() {
        try (MemoryBudget.Reservation inline = shared.plan.memory().reserve(ContentStore.baseBytes())) {
            return follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SessionShared.stopped();
        }
    }

    private Optional<String> follow() {
        shared.events.tell(new SessionEvent.ResourceStarted(work.id()));
        Optional<String> trouble;
        try {
            trouble = catchUp();
            if (trouble.isEmpty()) {
                work.caughtUp();
            }
        } catch (FailureException | SourceException e) {
            trouble = Optional.of(words(e));
            if (e instanceof FailureException failed && failed.failure().asksToWait()) {
                // What is being fetched beside this thread has to wait as well.
                work.park(failed);
            }
            fetches.drain();
        }
        shared.work.closeLanes(work.id());
        shared.events.tell(new SessionEvent.ResourceEnded(work.id(), trouble.isEmpty(), trouble));
        return trouble;
    }

    private static String words(RuntimeException e) {
        String kind = e instanceof FailureException failed
                ? failed.failure().category().name()
                : ((SourceException) e).code().id();
        return kind + ": " + e.getMessage();
    }

    private Optional<String> catchUp() {
        List<LedgerEntry> due = new ArrayList<>(work.ledger.due());
        List<Feed> feeds = shared.retrying("feeds", () -> shared.source.feeds(work.resource));
        List<FeedWork> opened = feeds.stream().map(work::feed).toList();
        lines.keepOnly(opened.stream().map(feed -> feed.feed().id()).collect(Collectors.toSet()));
        Optional<String> trouble = Optional.empty();
        for (FeedWork feed : opened) {
            Optional<String> why = read(feed);
            trouble = trouble.isPresent() ? trouble : why;
        }
        new Auditor(this).audit(opened);
        removals.confirm();
        fetches.drain();
        retry(due);
        fetches.drain();
        work.requireNotParked();
        return trouble;
    }

    /** Reads one feed; one that cannot be read to its end stops none of the others, and stands in the ledger. */
    private Optional<String> read(FeedWork feed) {
        Trouble trouble;
        String why;
        try {
            new FeedReader(this, feed).read();
            lines.close(feed.feed().id());
            return Optional.empty();
        } catch (FailureException e) {
            if (e.failure().asksToWait()) {
                throw e;
            }
            trouble = Troubles.of(e);
            why = words(e);
        } catch (SourceException e) {
            trouble = new Trouble("feed-broken", e.code().id(), false);
            why = words(e);
            feed.abandon();
        }
        // Throws if what was caught is the end of the whole session.
        fetches.drain();
        lines.open(feed.feed().id(), trouble);
        return Optional.of(why);
    }

    /** Tries by id what is due and was not tried in this session already: the feed will not name it again. */
    private void retry(List<LedgerEntry> due) {
        for (LedgerEntry entry : due) {
            shared.proceed();
            Optional<LedgerEntry> now = work.ledger.find(entry.ref().key());
            boolean untried = now.isPresent() && now.get().attempts() == entry.attempts();
            if (untried && !FeedLines.isOne(entry)) {
                fetches.add(entry.ref(), null);
            }
        }
    }
}
