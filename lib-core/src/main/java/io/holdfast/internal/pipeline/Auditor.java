// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.SourceException;
import io.holdfast.internal.pipeline.SessionCounts.Finding;
import io.holdfast.internal.repository.ManifestWork.Recognition;
import io.holdfast.internal.repository.SeenKeys;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.observe.SessionEvent;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.SourceItem;
import io.holdfast.source.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists a part of a resource once more and compares it with what is stored, so that what no feed ever announced is found; for one thread.
 *
 * <p>What happens while it lists is the feed's to tell: before anything is called unannounced, the feed is read on. That a listing lacks an item says
 * nothing either: the source is asked for it by id.
 */
final class Auditor {
    /** So much that differs is a sign of something else; what stands behind comes up with a later turn. */
    private static final int MOST_DIFFERENCES = 5_000;

    private final ResourceRun run;
    private final SessionShared shared;
    private final ResourceWork resource;
    private final Confirmation confirmation;

    Auditor(ResourceRun run) {
        this.run = run;
        this.shared = run.shared;
        this.resource = run.work;
        this.confirmation = new Confirmation(shared, resource, run.fetches, run.items);
    }

    /** Compares what is due in this session of those feeds that were read to their ends. */
    void audit(List<FeedWork> feeds) {
        AuditTurns.of(shared, resource).ifPresent(turn -> {
            List<AuditTurns.Slice> due = turn.due(feeds);
            if (!due.isEmpty()) {
                run.fetches.drain();
            }
            for (AuditTurns.Slice slice : due) {
                compareUnlessUnreadable(slice.feed(), slice.modified());
            }
        });
    }

    private void compareUnlessUnreadable(FeedWork feed, TimeRange modified) {
        try {
            compare(feed, modified);
        } catch (FailureException e) {
            if (e.failure().asksToWait()) {
                throw e;
            }
            shared.counts.unaudited();
        } catch (SourceException e) {
            shared.counts.unaudited();
        }
        resource.requireNotParked();
    }

    private void compare(FeedWork feed, TimeRange modified) {
        SeenKeys listed = shared.work.seen(List.of());
        List<Difference> differing = new ArrayList<>();
        boolean whole = list(feed, modified, listed, differing);
        List<ManifestEntry> missing = whole ? missing(feed, modified, listed) : List.of();
        if (differing.isEmpty() && missing.isEmpty()) {
            return;
        }
        run.fetches.drain();
        FeedReader reader = new FeedReader(run, feed);
        reader.readOn();
        run.fetches.drain();
        differing.forEach(difference -> take(reader, feed, difference));
        run.fetches.drain();
        confirm(feed, missing);
    }

    /** True if the listing was read to its end. */
    private boolean list(FeedWork feed, TimeRange modified, SeenKeys listed, List<Difference> differing) {
        @Nullable Cursor cursor = null;
        FeedReader.LoopGuard guard = new FeedReader.LoopGuard();
        long named = 0;
        while (differing.size() < MOST_DIFFERENCES) {
            Page page = shared.retrying("list", page(feed, modified, Optional.ofNullable(cursor)));
            for (SourceItem item : page.items) {
                listed.add(item.key());
                Recognition stored = stored(item);
                if (!isAsStored(item, stored, feed)) {
                    differing.add(new Difference(item, stored));
                }
            }
            page.others.forEach(listed::add);
            named += page.items.size();
            shared.counts.audited(page.items.size());
            if (!(page.end instanceof ChangePage.More more)) {
                return page.end instanceof ChangePage.CaughtUp;
            }
            guard.check(feed.feed(), more.next(), named);
            cursor = more.next();
        }
        return false;
    }

    /** What a page lists: items, and the keys of others that are there in no form that could be compared. */
    private record Page(List<SourceItem> items, List<ItemKey> others, ChangePage.End end) {}

    private SessionShared.Attempt<Page> page(FeedWork feed, TimeRange modified, Optional<Cursor> from) {
        return () -> {
            List<SourceItem> items = new ArrayList<>();
            List<ItemKey> others = new ArrayList<>();
            try (ChangePage page = shared.source.list(resource.resource, feed.feed(), modified, from)) {
                for (Change change = page.next(); change != null; change = page.next()) {
                    shared.proceed();
                    if (change instanceof Change.Upsert upsert) {
                        items.add(upsert.item());
                    } else if (!(change instanceof Change.Removal)) {
                        others.add(change.key());
                    }
                }
                return new Page(items, others, page.end());
            }
        };
    }

    /** An item in another state than the stored one, and what was stored when it was listed. */
    private record Difference(SourceItem item, @Nullable Recognition stored) {}

    private @Nullable Recognition stored(SourceItem item) {
        return resource.manifest.recognise(
                new ManifestOrder.Position(item.kind().container(), item.key()));
    }

    /** Whether nothing about an item tells that it is stored in another state. */
    private static boolean isAsStored(SourceItem item, @Nullable Recognition stored, FeedWork feed) {
        return stored != null
                && stored.feed().equals(feed.feed().id().value())
                && (item.tags().state().isEmpty() || item.tags().state().equals(stored.stateTag()));
    }

    /** Takes what differs unless anything else became known of it since it was listed: the feed's word is the newer one. */
    private void take(FeedReader reader, FeedWork feed, Difference difference) {
        SourceItem item = difference.item;
        if (!isSettled(item.key(), feed.feed().id()) || !Objects.equals(stored(item), difference.stored)) {
            return;
        }
        reader.take(item);
        Finding finding = difference.stored == null
                ? Finding.ADDED
                : difference.stored.feed().equals(feed.feed().id().value()) ? Finding.CHANGED : Finding.MOVED;
        found(finding, item.key());
    }

    private List<ManifestEntry> missing(FeedWork feed, TimeRange modified, SeenKeys listed) {
        List<ManifestEntry> missing = new ArrayList<>();
        FeedId id = feed.feed().id();
        try (Manifest.EntryCursor entries =
                resource.manifest.entries((of, key) -> of.equals(id) && !listed.contains(key))) {
            for (ManifestEntry entry = entries.next(); entry != null; entry = entries.next()) {
                shared.proceed();
                if (modified.contains(entry.modified())
                        && missing.size() < MOST_DIFFERENCES
                        && isSettled(entry.key(), entry.feed())) {
                    missing.add(entry);
                }
            }
        }
        return missing;
    }

    /** Whether nothing else will say what becomes of an item: no removal that was announced, and no schedule of the ledger. */
    private boolean isSettled(ItemKey key, FeedId feed) {
        return !run.removals.isAnnounced(key, feed) && resource.ledger.find(key).isEmpty();
    }

    /** Asks for those that are still stored as they were when the listing lacked them. */
    private void confirm(FeedWork feed, List<ManifestEntry> missing) {
        List<ManifestEntry> doubtful = missing.stream()
                .filter(entry -> isSettled(entry.key(), entry.feed())
                        && resource.manifest.find(entry.key()).equals(Optional.of(entry)))
                .toList();
        int most = shared.source.maxLookupBatch();
        for (int from = 0; from < doubtful.size(); from += most) {
            confirmation.ask(doubtful.subList(from, Math.min(doubtful.size(), from + most)).stream()
                    .map(entry -> new Confirmation.Candidate(entry, Optional.empty()))
                    .toList());
        }
        run.fetches.drain();
        doubtful.forEach(entry -> judge(feed, entry));
    }

    private void judge(FeedWork feed, ManifestEntry before) {
        Optional<ManifestEntry> now = resource.manifest.find(before.key());
        if (now.isEmpty()) {
            found(Finding.REMOVED, before.key());
        } else if (!now.get().feed().equals(feed.feed().id())) {
            found(Finding.MOVED, before.key());
        } else if (now.get().condition() == before.condition() && !ItemWork.sameState(before, now.get())) {
            found(Finding.CHANGED, before.key());
        }
    }

    private void found(Finding finding, ItemKey key) {
        shared.counts.found(finding);
        shared.events.tell(
                new SessionEvent.Unannounced(resource.id(), key, finding.name().toLowerCase(Locale.ROOT)));
    }
}
