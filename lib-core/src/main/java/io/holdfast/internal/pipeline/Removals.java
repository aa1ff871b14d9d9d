// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.pipeline.SessionCounts.Outcome;
import io.holdfast.internal.repository.SeenKeys;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which items of a resource are gone; for one thread.
 *
 * <p>A feed says only that an item is no longer in that feed, and a pass that did not name an item says even less. Both are candidates:
 * an item becomes a tombstone when its entry still belongs to that feed and the source, asked by id after all feeds are caught up, says
 * that it does not exist. Found again, it moved, and keeps its content. Until the answer is in, the page or the pass is not done.
 *
 * <p>What feeds announce is held in memory until then, since another feed may name the item and spare the question; where so much is announced that it
 * would take more than its share, as when millions of items are purged, it is asked about at once.
 */
final class Removals {
    /** What one announced item takes with a key of a service's usual length. */
    private static final int ANNOUNCED_BYTES = 400;

    private static final long LEAST_ANNOUNCED = 1_000;

    private final SessionShared shared;
    private final ResourceWork resource;
    private final FetchQueue fetches;
    private final Confirmation confirmation;
    private final long mostAnnounced;
    private final Map<ItemKey, Map<FeedId, FeedWork.Page>> announced = new LinkedHashMap<>();
    private final Map<FeedId, Pass> passes = new HashMap<>();
    /** Containers that are gone for good, and the pages that are done only when it is known what became of what they held. */
    private final Map<ItemKey, FeedWork.Page> emptied = new LinkedHashMap<>();

    Removals(SessionShared shared, ResourceWork resource, FetchQueue fetches, ItemWork items) {
        this.shared = shared;
        this.resource = resource;
        this.fetches = fetches;
        this.confirmation = new Confirmation(shared, resource, fetches, items);
        long share = shared.plan.memory().totalBytes() / 8 / shared.plan.concurrency();
        this.mostAnnounced = Math.max(LEAST_ANNOUNCED, share / ANNOUNCED_BYTES);
    }

    /** A feed says that an item is no longer in it. */
    void announce(ItemKey key, FeedWork feed, FeedWork.Page page) {
        FeedId id = feed.feed().id();
        if (feed.feed().removalIsFinal()) {
            removeFinally(key, id, page);
            return;
        }
        page.opened();
        // By feed: an item that went from A to B and away is announced by both, and only A's word is about its entry.
        FeedWork.Page before =
                announced.computeIfAbsent(key, k -> new LinkedHashMap<>(2)).put(id, page);
        if (before != null) {
            before.closed();
        }
    }

    private void removeFinally(ItemKey key, FeedId feed, FeedWork.Page page) {
        Optional<ManifestEntry> entry = resource.manifest.find(key);
        if (entry.isPresent() && entry.get().feed().equals(feed)) {
            if (entry.get().kind().container() && emptied.put(key, page) == null) {
                page.opened();
            }
            resource.manifest.remove(ManifestOrder.position(entry.get()));
            resource.ledger.close(key);
            shared.counts.count(Outcome.REMOVED);
        } else if (entry.isEmpty() && isOpen(key, feed)) {
            resource.ledger.close(key);
            shared.counts.count(Outcome.REMOVED);
        }
    }

    private boolean isOpen(ItemKey key, FeedId feed) {
        return resource.ledger
                .find(key)
                .filter(open -> open.ref().feed().equals(feed))
                .isPresent();
    }

    /** A feed names an item again that it had called removed: the last word holds within one feed. */
    void recall(ItemKey key, FeedWork feed) {
        Map<FeedId, FeedWork.Page> candidate = announced.get(key);
        if (candidate != null) {
            FeedWork.Page page = candidate.remove(feed.feed().id());
            if (page != null) {
                page.closed();
            }
        }
    }

    /** Whether a feed says that an item is no longer in it, and the answer is not in yet. */
    boolean isAnnounced(ItemKey key, FeedId feed) {
        return announced.getOrDefault(key, Map.of()).containsKey(feed);
    }

    /**
     * A complete pass over a feed is over: what it did not name is a candidate, and the page is done after the answer.
     *
     * @param restarted whether it began again in this session, so that things may be stored of which only the part before told
     */
    void missing(FeedWork feed, SeenKeys seen, FeedWork.Page page, boolean restarted) {
        page.opened();
        boolean namedAll = resource.before.manifest().isEmpty() && !restarted;
        passes.put(feed.feed().id(), new Pass(seen, page, namedAll));
    }

    /** Asks about what is announced, if that is more than memory should hold; to be called between pages. */
    void confirmIfMany() {
        if (announced.size() > mostAnnounced) {
            confirmAnnounced();
        }
    }

    /** Asks about all candidates; to be called when all feeds of the resource are caught up, or have given up. */
    void confirm() {
        confirmAnnounced();
        boolean feedsEnded = resource.before.feeds().stream().anyMatch(f -> !resource.knows(f.id()));
        if (feedsEnded || !passes.values().stream().allMatch(Pass::namedAll)) {
            confirmMissing();
        }
        if (feedsEnded || !passes.isEmpty()) {
            askForFailed();
        }
        passes.values().forEach(pass -> pass.page.closed());
        passes.clear();
        confirmOrphans();
    }

    /** Services tell of a container that was deleted, and of what it held only sometimes: it is asked for. */
    private void confirmOrphans() {
        Set<ItemKey> gone = Set.copyOf(emptied.keySet());
        while (!gone.isEmpty()) {
            List<ItemKey> asked = new ArrayList<>();
            List<Confirmation.Candidate> batch = new ArrayList<>();
            try (Manifest.EntryCursor entries = resource.manifest.entries((feed, key) -> true)) {
                for (ManifestEntry entry = entries.next(); entry != null; entry = entries.next()) {
                    shared.proceed();
                    if (!entry.containers().isEmpty()
                            && gone.contains(entry.containers().get(0))) {
                        batch.add(new Confirmation.Candidate(entry, Optional.empty()));
                        asked.addAll(entry.kind().container() ? List.of(entry.key()) : List.of());
                        askIfFull(batch);
                    }
                }
            }
            confirmation.ask(batch);
            gone = asked.stream()
                    .filter(key -> resource.manifest.find(key).isEmpty())
                    .collect(Collectors.toSet());
        }
        emptied.values().forEach(FeedWork.Page::closed);
        emptied.clear();
    }

    private void confirmAnnounced() {
        List<Confirmation.Candidate> batch = new ArrayList<>();
        for (Map.Entry<ItemKey, Map<FeedId, FeedWork.Page>> each : announced.entrySet()) {
            ItemKey key = each.getKey();
            Optional<ManifestEntry> entry = resource.manifest.find(key);
            for (Map.Entry<FeedId, FeedWork.Page> by : each.getValue().entrySet()) {
                if (entry.isPresent() && entry.get().feed().equals(by.getKey())) {
                    batch.add(new Confirmation.Candidate(entry.get(), Optional.of(by.getValue())));
                } else if (entry.isEmpty() && isOpen(key, by.getKey())) {
                    // Never stored, and said to be gone: asking for it tells.
                    fetches.add(resource.ledger.find(key).map(LedgerEntry::ref).orElseThrow(), by.getValue());
                }
            }
            askIfFull(batch);
        }
        confirmation.ask(batch);
        announced.values().forEach(by -> by.values().forEach(FeedWork.Page::closed));
        announced.clear();
    }

    private void confirmMissing() {
        List<Confirmation.Candidate> batch = new ArrayList<>();
        try (Manifest.EntryCursor entries = resource.manifest.entries(this::isMissingUnlessStopped)) {
            for (ManifestEntry entry = entries.next(); entry != null; entry = entries.next()) {
                batch.add(new Confirmation.Candidate(
                        entry, Optional.ofNullable(passes.get(entry.feed())).map(Pass::page)));
                askIfFull(batch);
            }
        }
        confirmation.ask(batch);
    }

    /** What was never stored and is not named any more may be gone: its line in the ledger would stand for weeks. */
    private void askForFailed() {
        for (LedgerEntry open : resource.ledger.open()) {
            Pass pass = passes.get(open.ref().feed());
            ItemKey key = open.ref().key();
            boolean unnamed = pass != null
                    ? !pass.seen.contains(key)
                    : !resource.knows(open.ref().feed());
            if (unnamed && !FeedLines.isOne(open) && resource.manifest.find(key).isEmpty()) {
                fetches.add(open.ref(), pass == null ? null : pass.page);
            }
        }
    }

    private boolean isMissingUnlessStopped(FeedId feed, ItemKey key) {
        shared.proceed();
        return isMissing(feed, key);
    }

    private boolean isMissing(FeedId feed, ItemKey key) {
        if (!resource.knows(feed)) {
            return true;
        }
        Pass pass = passes.get(feed);
        return pass != null && !pass.seen.contains(key);
    }

    private void askIfFull(List<Confirmation.Candidate> batch) {
        if (batch.size() >= shared.source.maxLookupBatch()) {
            confirmation.ask(batch);
            batch.clear();
        }
    }

    /**
     * A complete pass.
     *
     * @param seen what it named
     * @param page its last page
     * @param namedAll whether all that is stored was named by it, as in the first session of a resource
     */
    private record Pass(SeenKeys seen, FeedWork.Page page, boolean namedAll) {}
}
