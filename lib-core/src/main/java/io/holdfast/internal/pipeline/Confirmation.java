// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.pipeline.SessionCounts.Outcome;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.repository.OpenFailure;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Lookup;
import io.holdfast.source.Trouble;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the source by id about stored items that may be gone, and does what the answers say; for one thread. */
final class Confirmation {
    private final SessionShared shared;
    private final ResourceWork resource;
    private final FetchQueue fetches;
    private final ItemWork items;

    Confirmation(SessionShared shared, ResourceWork resource, FetchQueue fetches, ItemWork items) {
        this.shared = shared;
        this.resource = resource;
        this.fetches = fetches;
        this.items = items;
    }

    /**
     * An item that may be gone.
     *
     * @param entry what is stored of it
     * @param page the page that is done only after the answer, if there is one
     */
    record Candidate(ManifestEntry entry, Optional<FeedWork.Page> page) {}

    /** Asks about one batch. */
    void ask(List<Candidate> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Map<ItemKey, Candidate> open = new LinkedHashMap<>();
        batch.forEach(candidate -> open.put(candidate.entry.key(), candidate));
        List<ItemRef> refs = open.values().stream()
                .map(candidate -> Refs.of(resource.id(), candidate.entry))
                .toList();
        Trouble trouble = new Trouble("not-answered", "", false);
        try {
            for (Lookup answer : shared.retrying("lookup", () -> shared.source.lookup(resource.id(), refs))) {
                Candidate candidate = open.remove(answer.key());
                if (candidate != null) {
                    settle(candidate, answer);
                }
            }
        } catch (FailureException e) {
            if (e.failure().asksToWait()) {
                throw e;
            }
            trouble = Troubles.of(e);
        }
        for (Candidate left : open.values()) {
            doubtful(left.entry, trouble);
        }
    }

    private void settle(Candidate candidate, Lookup answer) {
        ManifestEntry entry = candidate.entry;
        if (answer instanceof Lookup.Absent && isElsewhere(entry)) {
            // What is stored of it stays until it can be read there; the ledger asks by its schedule.
            return;
        }
        if (answer instanceof Lookup.Absent) {
            resource.manifest.remove(ManifestOrder.position(entry));
            resource.ledger.close(entry.key());
            shared.counts.count(Outcome.REMOVED);
        } else if (answer instanceof Lookup.Present present) {
            found(candidate, present);
        } else if (answer instanceof Lookup.Unknown unknown) {
            doubtful(entry, unknown.trouble());
        }
    }

    /** Whether another feed has named the item, which could not be read there: that this feed has it no longer says nothing then. */
    private boolean isElsewhere(ManifestEntry entry) {
        return resource.ledger
                .find(entry.key())
                .map(open -> open.ref().feed())
                .filter(feed -> !feed.equals(entry.feed()) && resource.knows(feed))
                .isPresent();
    }

    /** It moved; its content is known only if the tag says so, and an absent tag says nothing. */
    private void found(Candidate candidate, Lookup.Present present) {
        ManifestEntry entry = candidate.entry;
        Optional<String> tag = present.item().tags().content();
        boolean sameContent = entry.condition() == ManifestEntry.Condition.WHOLE
                && (entry.kind().container() || tag.isPresent() && tag.equals(entry.contentTag()));
        if (sameContent) {
            items.storeState(present.item(), present.feed(), entry.parts());
        } else {
            fetches.add(Refs.of(resource.id(), present.feed(), present.item()), candidate.page.orElse(null));
        }
    }

    /** Nobody can say now: the entry stays, and the ledger asks again. */
    private void doubtful(ManifestEntry entry, Trouble trouble) {
        resource.ledger.open(Refs.of(resource.id(), entry), OpenFailure.Condition.STALE, trouble, List.of());
        shared.counts.count(Outcome.FAILED);
    }
}
