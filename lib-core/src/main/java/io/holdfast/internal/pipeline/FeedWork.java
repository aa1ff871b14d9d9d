// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.RunDraft;
import io.holdfast.internal.repository.SeenKeys;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one feed has come: which pages are read, which of them are wholly stored, and which keys a complete pass has named.
 *
 * <p>Safe for use by several threads. A page is done when everything that it named is stored or in the ledger, and all its removals are
 * confirmed; the cursor behind the last page of the done beginning is the only one that may be recorded (I1).
 */
final class FeedWork {
    private final Feed feed;
    private final ResourceState.@Nullable FeedState before;
    private final ArrayDeque<Page> pages = new ArrayDeque<>();
    private @Nullable Cursor done;
    private boolean caughtUp;
    private @Nullable SeenKeys seen;
    private boolean touched;
    private boolean abandoned;

    FeedWork(Feed feed, ResourceState.@Nullable FeedState before) {
        this.feed = feed;
        this.before = before;
    }

    Feed feed() {
        return feed;
    }

    /** Begins a pass, at the beginning or where an earlier one was broken off. */
    synchronized void begin(@Nullable Cursor from, @Nullable SeenKeys keys) {
        pages.clear();
        done = from;
        seen = keys;
        caughtUp = false;
    }

    /** Whether the feed was read to its end in this session. */
    synchronized boolean isRead() {
        return !abandoned && (pages.isEmpty() ? caughtUp : pages.getLast().last);
    }

    /** Where the feed goes on behind the last page that was read to its end; null if it never was. */
    synchronized @Nullable Cursor reached() {
        return pages.isEmpty() ? done : pages.getLast().next;
    }

    synchronized Page page() {
        Page page = new Page();
        pages.addLast(page);
        return page;
    }

    synchronized @Nullable SeenKeys seen() {
        return seen;
    }

    /** Whether the feed has told everything, and all of it is stored. */
    synchronized boolean isCaughtUp() {
        advance();
        return caughtUp && pages.isEmpty();
    }

    /** Gives up a pass that leads nowhere: what was stored stays, and the place is again the one from before this session. */
    synchronized void abandon() {
        pages.clear();
        abandoned = true;
        caughtUp = false;
    }

    /** Marks that something of the feed must be written although no item changed. */
    synchronized void touch() {
        touched = true;
    }

    private void advance() {
        Page first = pages.peekFirst();
        while (first != null && first.isDone()) {
            pages.removeFirst();
            done = first.next;
            caughtUp = first.last;
            first = pages.peekFirst();
        }
    }

    /** Fixes the place that may be recorded now; to be called before the manifest is frozen. */
    synchronized Place place(long number) {
        advance();
        boolean finished = caughtUp && pages.isEmpty() && !abandoned;
        if (abandoned) {
            return new Place(null, false, Optional.empty());
        }
        Optional<RunDraft> draft = finished || seen == null ? Optional.empty() : seen.freeze(number);
        return new Place(done, finished, draft);
    }

    /** The feed's state for the table, at a place whose draft has been placed. */
    synchronized ResourceState.FeedState state(Place place, Instant now) {
        long passes = before == null ? 0 : before.passes();
        if (abandoned && before != null) {
            return before;
        }
        if (place.finished) {
            return new ResourceState.FeedState(
                    feed.id(),
                    feed.kind(),
                    Optional.ofNullable(place.cursor),
                    now,
                    true,
                    passes + 1,
                    java.util.List.of(),
                    false);
        }
        SeenKeys keys = abandoned ? null : seen;
        return new ResourceState.FeedState(
                feed.id(),
                feed.kind(),
                Optional.ofNullable(place.cursor),
                now,
                false,
                passes,
                keys == null ? java.util.List.of() : keys.runs(),
                keys != null);
    }

    /** Whether the state that the table has of the feed is worth replacing: it moved, or its cursor is past half of its life. */
    synchronized boolean isWorthWriting(Instant now) {
        if (touched || before == null || !before.caughtUp()) {
            return true;
        }
        if (feed.kind() == Feed.Kind.ENUMERATION) {
            return false;
        }
        return before.cursorTaken().plus(feed.cursorLife().dividedBy(2)).isBefore(now);
    }

    Optional<ResourceState.FeedState> before() {
        return Optional.ofNullable(before);
    }

    /**
     * What may be recorded of a feed at one moment.
     *
     * @param cursor behind the last page that is wholly stored
     * @param finished whether that is the end of the pass
     * @param draft the keys named since the last checkpoint
     */
    record Place(@Nullable Cursor cursor, boolean finished, Optional<RunDraft> draft) {}

    /** One page on its way. */
    final class Page {
        private int open = 1;
        private @Nullable Cursor next;
        private boolean last;

        void opened() {
            synchronized (FeedWork.this) {
                open++;
            }
        }

        void closed() {
            synchronized (FeedWork.this) {
                open--;
            }
        }

        /** The page was read to its end. */
        void read(Cursor cursor, boolean isLast) {
            synchronized (FeedWork.this) {
                next = cursor;
                last = isLast;
                open--;
            }
        }

        private boolean isDone() {
            return open == 0 && next != null;
        }
    }
}
