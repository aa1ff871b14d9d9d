// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.pipeline.SessionCounts.Outcome;
import io.holdfast.internal.repository.ManifestWork.Recognition;
import io.holdfast.internal.repository.SeenKeys;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.manifest.PartEntry;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.SourceItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one feed of a resource to its end and hands each change to whoever deals with it; for one thread.
 */
final class FeedReader {
    private static final int SAME_LINK_LIMIT = 3;
    private static final int EMPTY_PAGES_LIMIT = 10_000;
    /** A prime number: a host that backs up parts of a tenant in turns, each second or third session another one, meets the turn of each feed all the same. */
    private static final int WHOLE_PASS_EVERY = 11;

    private final SessionShared shared;
    private final ResourceWork resource;
    private final FetchQueue fetches;
    private final Removals removals;
    private final ItemWork items;
    private final Checkpoints checkpoints;
    private final FeedWork feed;
    private final Patches patches;
    private int resets;
    private long named;

    FeedReader(ResourceRun run, FeedWork feed) {
        this.shared = run.shared;
        this.resource = run.work;
        this.fetches = run.fetches;
        this.removals = run.removals;
        this.items = run.items;
        this.checkpoints = run.checkpoints;
        this.feed = feed;
        this.patches = new Patches(shared, resource, fetches, items);
    }

    /** Reads until the feed is caught up. */
    void read() {
        @Nullable Cursor cursor = start();
        follow(cursor, isPassOfEarlierSession(cursor));
    }

    /** Reads what came since the feed was caught up in this session. */
    void readOn() {
        @Nullable Cursor cursor = feed.reached();
        if (cursor != null && feed.feed().kind() != Feed.Kind.ENUMERATION) {
            follow(cursor, false);
        }
    }

    private void follow(@Nullable Cursor from, boolean ofEarlierSession) {
        @Nullable Cursor cursor = from;
        boolean isOfEarlierSession = ofEarlierSession;
        LoopGuard guard = new LoopGuard();
        while (true) {
            FeedWork.Page page = feed.page();
            ChangePage.End end = shared.retrying("changes", pageFrom(cursor, page));
            resource.requireNotParked();
            if (end instanceof ChangePage.More more) {
                guard.check(feed.feed(), more.next(), named);
                page.read(more.next(), false);
                cursor = more.next();
                removals.confirmIfMany();
                checkpoints.ifDue();
            } else if (end instanceof ChangePage.CaughtUp caughtUp) {
                fetches.drain();
                resource.requireNotParked();
                endPass(caughtUp.complete(), page);
                page.read(caughtUp.next(), true);
                if (!isOfEarlierSession) {
                    return;
                }
                // It told what there was when it began; what came since is told from where it ends. Pages that wait for
                // an answer stay before it.
                isOfEarlierSession = false;
                cursor = caughtUp.next();
                guard.forget();
            } else {
                isOfEarlierSession = false;
                cursor = reset(guard);
            }
        }
    }

    /** Whether a pass goes on that another session left unfinished. */
    private boolean isPassOfEarlierSession(@Nullable Cursor from) {
        return from != null
                && feed.feed().kind() == Feed.Kind.INCREMENTAL
                && feed.before().filter(before -> !before.caughtUp()).isPresent();
    }

    /** Where to begin: at the stored cursor, if it is of this feed's meaning and, for an unfinished pass, its keys are known. */
    private @Nullable Cursor start() {
        Optional<ResourceState.FeedState> before = feed.before();
        Optional<Cursor> stored = before.flatMap(ResourceState.FeedState::cursor)
                .filter(c -> c.fingerprint().equals(feed.feed().fingerprint()));
        if (before.isPresent() && stored.isPresent() && !before.get().caughtUp()) {
            boolean complete = before.get().complete();
            feed.begin(stored.get(), complete ? shared.work.seen(before.get().seen()) : null);
            return stored.get();
        }
        boolean fromStart = feed.feed().kind() == Feed.Kind.ENUMERATION || stored.isEmpty() || isTurnOfWholePass();
        if (before.isPresent() && stored.isEmpty() && before.get().cursor().isPresent()) {
            feed.touch();
        }
        @Nullable Cursor from = fromStart ? null : stored.orElse(null);
        feed.begin(from, fromStart || feed.feed().kind() == Feed.Kind.WATERMARK ? newKeys() : null);
        return from;
    }

    /**
     * A WATERMARK feed never says what is gone: each so many sessions it is read from its beginning. By the number of the snapshot, which needs
     * no counter that would have to be written, and not for all feeds at once.
     */
    private boolean isTurnOfWholePass() {
        return feed.feed().kind() == Feed.Kind.WATERMARK
                && Math.floorMod(shared.work.number() + feed.feed().id().value().hashCode(), WHOLE_PASS_EVERY) == 0;
    }

    private SeenKeys newKeys() {
        return shared.work.seen(List.of());
    }

    private @Nullable Cursor reset(LoopGuard guard) {
        if (++resets > 1) {
            throw new SourceException(
                    ErrorCode.SOURCE_CONTRACT,
                    "feed '" + feed.feed().id() + "' of " + resource.id()
                            + " asked twice in one session to start again",
                    "Run the session again later; the feed's place is kept");
        }
        fetches.drain();
        feed.touch();
        feed.begin(null, newKeys());
        guard.forget();
        return null;
    }

    private SessionShared.Attempt<ChangePage.End> pageFrom(@Nullable Cursor cursor, FeedWork.Page page) {
        return () -> {
            try (ChangePage changes =
                    shared.source.changes(resource.resource, feed.feed(), Optional.ofNullable(cursor))) {
                for (Change change = changes.next(); change != null; change = changes.next()) {
                    shared.proceed();
                    handle(change, page);
                }
                return changes.end();
            }
        };
    }

    private void handle(Change change, FeedWork.Page page) {
        named++;
        SeenKeys seen = feed.seen();
        if (seen != null && !(change instanceof Change.Removal)) {
            seen.add(change.key());
        }
        fetches.settle(change.key());
        if (!(change instanceof Change.Removal)) {
            removals.recall(change.key(), feed);
        }
        if (change instanceof Change.Upsert upsert) {
            upsert(upsert, page);
        } else if (change instanceof Change.Patch patch) {
            patches.apply(patch, feed.feed(), page);
        } else if (change instanceof Change.Hint hint) {
            fetches.add(Refs.of(resource.id(), feed.feed().id(), hint.key(), hint.kind()), page);
        } else if (change instanceof Change.Removal removal) {
            removals.announce(removal.key(), feed, page);
        } else if (change instanceof Change.Unreadable unreadable) {
            items.trouble(
                    Refs.of(resource.id(), feed.feed().id(), unreadable.key(), unreadable.kind()),
                    unreadable.trouble());
        }
    }

    /** Takes an item of which nothing is in hand as if the feed had told it. */
    void take(SourceItem item) {
        fetches.settle(item.key());
        upsert(new Change.Upsert(item, List.of()), null);
    }

    private void upsert(Change.Upsert upsert, FeedWork.@Nullable Page page) {
        SourceItem item = upsert.item();
        Recognition known = resource.manifest.recognise(
                new ManifestOrder.Position(item.kind().container(), item.key()));
        Optional<Outcome> waiting = resource.ledger.waiting(item);
        if (known != null && isCurrent(known, item)) {
            // Named as it is stored: whatever was doubtful about it is not any more.
            resource.ledger.close(item.key());
            shared.counts.count(Outcome.UNCHANGED);
        } else if (waiting.isPresent()) {
            shared.counts.count(waiting.get());
        } else if (item.kind().container() || sameContent(known, item)) {
            List<PartEntry> parts = known == null
                    ? List.of()
                    : resource.manifest
                            .find(item.key())
                            .map(ManifestEntry::parts)
                            .orElse(List.of());
            items.storeState(item, feed.feed().id(), parts);
        } else if (!upsert.parts().isEmpty()) {
            items.store(item, feed.feed().id(), upsert.parts());
        } else {
            fetches.add(Refs.of(resource.id(), feed.feed().id(), item), item.size(), page);
        }
    }

    private boolean isCurrent(Recognition known, SourceItem item) {
        return known.condition() == ManifestEntry.Condition.WHOLE
                && known.stateTag().isPresent()
                && known.stateTag().equals(item.tags().state())
                && known.feed().equals(feed.feed().id().value());
    }

    private static boolean sameContent(@Nullable Recognition known, SourceItem item) {
        return known != null
                && known.condition() == ManifestEntry.Condition.WHOLE
                && known.contentTag().isPresent()
                && known.contentTag().equals(item.tags().content());
    }

    private void endPass(boolean sourceSaysComplete, FeedWork.Page page) {
        SeenKeys seen = feed.seen();
        boolean complete = feed.feed().kind() == Feed.Kind.ENUMERATION || sourceSaysComplete;
        if (seen != null && complete) {
            removals.missing(feed, seen, page, resets > 0);
        }
    }

    /** Stops a feed that goes in circles: the same continuation three times, or thousands of pages that name nothing. */
    static final class LoopGuard {
        private final Map<Long, Integer> links = new HashMap<>();
        private long namedBefore;
        private int emptyPages;

        void check(Feed feed, Cursor next, long named) {
            int times = links.merge(fingerprint(next.value()), 1, Integer::sum);
            emptyPages = named == namedBefore ? emptyPages + 1 : 0;
            namedBefore = named;
            if (times >= SAME_LINK_LIMIT || emptyPages >= EMPTY_PAGES_LIMIT) {
                throw new SourceException(
                        ErrorCode.SOURCE_CONTRACT,
                        "feed '" + feed.id() + "' goes in circles: the same continuation " + times + " times, "
                                + emptyPages + " pages without a change",
                        "Run the session again later; the feed's place is kept");
            }
        }

        void forget() {
            links.clear();
            emptyPages = 0;
        }

        private static long fingerprint(String text) {
            long hash = 1125899906842597L;
            for (int i = 0; i < text.length(); i++) {
                hash = 31 * hash + text.charAt(i);
            }
            return hash;
        }
    }
}
