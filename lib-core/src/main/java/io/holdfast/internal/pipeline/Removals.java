// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.pipeline.SessionCounts.Outcome;
import io.holdfast.internal.repository.SeenKeys;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.repository.OpenFailure;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Lookup;
import io.holdfast.source.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which items of a resource are gone; for one thread.
 *
 * <p>A feed says only that an item is no longer in that feed, and a pass that did not name an item says even less. Both are candidates:
 * an item becomes a tombstone when its entry still belongs to that feed and the source, asked by id after all feeds are caught up, says
 * that it does not exist. Found again, it moved, and keeps its content.
 */
final class Removals {
    private final SessionShared shared;
    private final ResourceWork resource;
    private final FetchQueue fetches;
    private final ItemWork items;
    private final Map<ItemKey, Candidate> announced = new LinkedHashMap<>();
    private final Map<FeedId, Pass> passes = new HashMap<>();

    Removals(SessionShared shared, ResourceWork resource, FetchQueue fetches, ItemWork items) {
        this.shared = shared;
        this.resource = resource;
        this.fetches = fetches;
        this.items = items;
    }

    /** A feed says that an item is no longer in it. */
    void announce(ItemKey key, FeedWork feed, FeedWork.Page page) {
        if (feed.feed().removalIsFinal()) {
            resource.manifest
                    .find(key)
                    .filter(entry -> entry.feed().equals(feed.feed().id()))
                    .ifPresent(this::remove);
            return;
        }
        page.opened();
        Candidate before = announced.put(key, new Candidate(feed.feed().id(), page));
        if (before != null) {
            before.page.closed();
        }
    }

    /** A feed names an item again that it had called removed: the last word holds within one feed. */
    void recall(ItemKey key, FeedWork feed) {
        Candidate candidate = announced.get(key);
        if (candidate != null && candidate.feed.equals(feed.feed().id())) {
            announced.remove(key);
            candidate.page.closed();
        }
    }

    /** A complete pass over a feed is over: what it did not name is a candidate. */
    void missing(FeedWork feed, SeenKeys seen) {
        passes.put(feed.feed().id(), new Pass(seen));
    }

    /** Asks about all candidates; to be called when all feeds of the resource are caught up. */
    void confirm() {
        confirmAnnounced();
        boolean feedsEnded = resource.before.feeds().stream().anyMatch(f -> !resource.knows(f.id()));
        if (!passes.isEmpty() || feedsEnded) {
            confirmMissing();
        }
    }

    private void confirmAnnounced() {
        List<ManifestEntry> batch = new ArrayList<>();
        for (Map.Entry<ItemKey, Candidate> each : announced.entrySet()) {
            resource.manifest
                    .find(each.getKey())
                    .filter(entry -> entry.feed().equals(each.getValue().feed))
                    .ifPresent(batch::add);
            askIfFull(batch);
        }
        ask(batch);
        announced.values().forEach(candidate -> candidate.page.closed());
        announced.clear();
    }

    private void confirmMissing() {
        List<ManifestEntry> batch = new ArrayList<>();
        try (Manifest.EntryCursor entries = resource.manifest.entries()) {
            for (ManifestEntry entry = entries.next(); entry != null; entry = entries.next()) {
                shared.proceed();
                if (isMissing(entry)) {
                    batch.add(entry);
                    askIfFull(batch);
                }
            }
        }
        ask(batch);
        passes.clear();
    }

    private boolean isMissing(ManifestEntry entry) {
        if (!resource.knows(entry.feed())) {
            return true;
        }
        Pass pass = passes.get(entry.feed());
        return pass != null && !pass.seen.contains(entry.key());
    }

    private void askIfFull(List<ManifestEntry> batch) {
        if (batch.size() >= shared.source.maxLookupBatch()) {
            ask(batch);
            batch.clear();
        }
    }

    private void ask(List<ManifestEntry> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Map<ItemKey, ManifestEntry> open = new LinkedHashMap<>();
        batch.forEach(entry -> open.put(entry.key(), entry));
        List<ItemRef> refs =
                batch.stream().map(entry -> Refs.of(resource.id(), entry)).toList();
        try {
            for (Lookup answer : shared.retrying("lookup", () -> shared.source.lookup(resource.id(), refs))) {
                ManifestEntry entry = open.remove(answer.key());
                if (entry != null) {
                    settle(entry, answer);
                }
            }
        } catch (FailureException e) {
            Trouble trouble = Troubles.of(e);
            open.values().forEach(entry -> doubtful(entry, trouble));
            return;
        }
        open.values().forEach(entry -> doubtful(entry, new Trouble("not-answered", "", false)));
    }

    private void settle(ManifestEntry entry, Lookup answer) {
        if (answer instanceof Lookup.Absent) {
            remove(entry);
        } else if (answer instanceof Lookup.Present present) {
            found(entry, present);
        } else if (answer instanceof Lookup.Unknown unknown) {
            doubtful(entry, unknown.trouble());
        }
    }

    private void found(ManifestEntry entry, Lookup.Present present) {
        Optional<String> tag = present.item().tags().content();
        boolean otherContent = tag.isPresent() && !tag.equals(entry.contentTag());
        if (otherContent || entry.condition() != ManifestEntry.Condition.WHOLE) {
            fetches.add(Refs.of(resource.id(), present.feed(), present.item()), null);
        } else {
            items.storeState(present.item(), present.feed(), entry.parts());
        }
    }

    /** Nobody can say now: the entry stays, and the ledger asks again. */
    private void doubtful(ManifestEntry entry, Trouble trouble) {
        resource.ledger.open(Refs.of(resource.id(), entry), OpenFailure.Condition.STALE, trouble, List.of());
        shared.counts.count(Outcome.FAILED);
    }

    private void remove(ManifestEntry entry) {
        resource.manifest.remove(ManifestOrder.position(entry));
        resource.ledger.close(entry.key());
        shared.counts.count(Outcome.REMOVED);
    }

    /** An item that a feed called removed; its page is done only after the answer. */
    private record Candidate(FeedId feed, FeedWork.Page page) {}

    /** A complete pass and what it named. */
    private record Pass(SeenKeys seen) {}
}
