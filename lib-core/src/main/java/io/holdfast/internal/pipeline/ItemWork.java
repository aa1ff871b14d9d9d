// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.pack.Lane;
import io.holdfast.internal.pipeline.SessionCounts.Outcome;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemRef;
import io.holdfast.repository.OpenFailure;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Turns the state and the parts of one item into an entry of the manifest, and what went wrong into an entry of the ledger; for one
 * thread.
 */
final class ItemWork {
    private final SessionShared shared;
    private final ResourceWork resource;
    private final ContentStore contents;

    ItemWork(SessionShared shared, ResourceWork resource, ContentStore contents) {
        this.shared = shared;
        this.resource = resource;
        this.contents = contents;
    }

    /**
     * Stores an item with its parts.
     *
     * @throws FailureException if a part asks to wait: then the item is to be stored another time
     */
    void store(SourceItem item, FeedId feed, List<Part> parts) {
        Optional<ManifestEntry> old = resource.manifest.find(item.key());
        List<PartEntry> stored = new ArrayList<>(parts.size());
        List<String> missing = new ArrayList<>(0);
        Trouble trouble = null;
        for (Part part : parts) {
            try {
                Optional<PartEntry> kept = part.isFixed() ? stored(part, old) : Optional.empty();
                stored.add(
                        kept.isPresent()
                                ? kept.get()
                                : unlessEqual(contents.store(part, Lane.content(resource.id())), old));
            } catch (FailureException e) {
                if (e.failure().asksToWait()) {
                    throw e;
                }
                missing.add(part.name());
                trouble = Troubles.of(e);
            }
        }
        if (trouble == null) {
            keep(entry(item, metadata(item), feed, new Parts(stored, ManifestEntry.Condition.WHOLE)), old);
        } else {
            keepWhatIsGood(item, feed, new Broken(stored, missing, trouble), old);
        }
    }

    /** Writes new state over content that is known to be the same. */
    void storeState(SourceItem item, FeedId feed, List<PartEntry> parts) {
        storeState(item, metadata(item), feed, parts);
    }

    /** Writes new state over content and metadata that are known to be the same. */
    void storeState(SourceItem item, MetadataEntry metadata, FeedId feed, List<PartEntry> parts) {
        Optional<ManifestEntry> old = resource.manifest.find(item.key());
        keep(entry(item, metadata, feed, new Parts(parts, ManifestEntry.Condition.WHOLE)), old);
    }

    /** Notes that an item could not be read at all. */
    void trouble(ItemRef ref, Trouble trouble) {
        Optional<ManifestEntry> old = resource.manifest.find(ref.key());
        old.filter(ItemWork::isGood)
                .ifPresent(entry -> resource.manifest.put(withCondition(entry, ManifestEntry.Condition.STALE)));
        OpenFailure.Condition condition = trouble.permanent()
                ? OpenFailure.Condition.SKIPPED
                : old.isPresent() ? OpenFailure.Condition.STALE : OpenFailure.Condition.FAILED;
        resource.ledger.open(ref, condition, trouble, List.of());
        shared.counts.count(ResourceLedger.outcome(condition));
    }

    private void keep(ManifestEntry entry, Optional<ManifestEntry> old) {
        resource.ledger.close(entry.key());
        boolean same = old.isPresent() && sameState(old.get(), entry);
        // Tags are no part of the item's state, but they spare the next session the reading: they are written even so.
        if (!same || !old.get().equals(entry)) {
            old.filter(o -> o.kind().container() != entry.kind().container())
                    .ifPresent(o -> resource.manifest.remove(ManifestOrder.position(o)));
            resource.manifest.put(entry);
        }
        shared.counts.count(same ? Outcome.UNCHANGED : Outcome.STORED);
    }

    /**
     * The last good version stays where there is one; else what could be read is better than nothing. A part that is refused for good will
     * never come: then the new version without it is the better one, if anything of it could be read.
     */
    private void keepWhatIsGood(SourceItem item, FeedId feed, Broken broken, Optional<ManifestEntry> old) {
        ItemRef ref = Refs.of(resource.id(), feed, item);
        boolean refused = broken.trouble.permanent();
        boolean good = old.isPresent() && isGood(old.get());
        if (good && (!refused || broken.stored.isEmpty())) {
            resource.manifest.put(withCondition(old.orElseThrow(), ManifestEntry.Condition.STALE));
            open(ref, refused ? OpenFailure.Condition.SKIPPED : OpenFailure.Condition.STALE, broken);
        } else if (broken.stored.isEmpty() && !refused) {
            open(ref, OpenFailure.Condition.FAILED, broken);
        } else if (broken.stored.isEmpty()) {
            put(item, feed, broken, ManifestEntry.Condition.SKIPPED);
            open(ref, OpenFailure.Condition.SKIPPED, broken);
        } else {
            put(item, feed, broken, ManifestEntry.Condition.DEGRADED);
            open(ref, OpenFailure.Condition.DEGRADED, broken);
        }
    }

    /** Whether an entry is a whole version of its item, be it the newest or not. */
    private static boolean isGood(ManifestEntry entry) {
        return entry.condition() == ManifestEntry.Condition.WHOLE || entry.condition() == ManifestEntry.Condition.STALE;
    }

    private void put(SourceItem item, FeedId feed, Broken broken, ManifestEntry.Condition condition) {
        resource.manifest.put(entry(item, metadata(item), feed, new Parts(broken.stored, condition)));
    }

    private void open(ItemRef ref, OpenFailure.Condition condition, Broken broken) {
        resource.ledger.open(ref, condition, broken.trouble, broken.missing);
        shared.counts.count(ResourceLedger.outcome(condition));
    }

    private static ManifestEntry entry(SourceItem item, MetadataEntry metadata, FeedId feed, Parts parts) {
        return new ManifestEntry(
                item.key(),
                item.kind(),
                feed,
                item.containers(),
                item.name(),
                item.tags().content(),
                item.tags().state(),
                item.modified(),
                item.size(),
                metadata,
                parts.sorted(),
                item.relations(),
                parts.condition);
    }

    private MetadataEntry metadata(SourceItem item) {
        byte[] bytes = item.metadata().bytes();
        byte[] hash = item.metadata().form() == SourceItem.Metadata.Form.JSON
                ? Digests.json(bytes).orElseGet(() -> Sha256.of(bytes))
                : Sha256.of(bytes);
        if (bytes.length < MetadataEntry.INLINE_LIMIT) {
            return new MetadataEntry.Inline(bytes, hash);
        }
        StreamChunks chunks = new StreamChunks(
                shared.work, Lane.metadata(resource.id()), shared.plan.chunker(), new byte[bytes.length]);
        chunks.write(bytes, 0, bytes.length);
        return new MetadataEntry.Stored(new PartEntry(
                "metadata", bytes.length, hash, Sha256.of(bytes), chunks.finish(), Optional.empty(), false));
    }

    /** What is stored already of a part whose bytes never change. */
    private static Optional<PartEntry> stored(Part part, Optional<ManifestEntry> old) {
        return old.flatMap(entry -> entry.parts().stream()
                .filter(each -> each.name().equals(part.name()) && each.size() == part.length())
                .findFirst());
    }

    /** Read again with an equal canonical hash: the old part stays, so that a new rendering is no change. */
    private static PartEntry unlessEqual(PartEntry fresh, Optional<ManifestEntry> old) {
        return old.flatMap(entry -> entry.parts().stream()
                        .filter(part -> part.name().equals(fresh.name())
                                && Arrays.equals(part.canonicalHash(), fresh.canonicalHash()))
                        .findFirst())
                .orElse(fresh);
    }

    /** Whether two entries describe the same state of an item: what the manifest digest covers. */
    static boolean sameState(ManifestEntry a, ManifestEntry b) {
        return a.condition() == b.condition()
                && a.kind().equals(b.kind())
                && a.containers().equals(b.containers())
                && a.name().equals(b.name())
                && a.modified().equals(b.modified())
                && a.size() == b.size()
                && a.relations().equals(b.relations())
                && Arrays.equals(a.metadata().canonicalHash(), b.metadata().canonicalHash())
                && sameParts(a.parts(), b.parts());
    }

    private static boolean sameParts(List<PartEntry> a, List<PartEntry> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).name().equals(b.get(i).name())
                    || !Arrays.equals(a.get(i).canonicalHash(), b.get(i).canonicalHash())) {
                return false;
            }
        }
        return true;
    }

    static ManifestEntry withCondition(ManifestEntry entry, ManifestEntry.Condition condition) {
        return new ManifestEntry(
                entry.key(),
                entry.kind(),
                entry.feed(),
                entry.containers(),
                entry.name(),
                entry.contentTag(),
                entry.stateTag(),
                entry.modified(),
                entry.size(),
                entry.metadata(),
                entry.parts(),
                entry.relations(),
                condition);
    }

    /** The parts of an entry, and whether they are all of it. */
    private record Parts(List<PartEntry> stored, ManifestEntry.Condition condition) {
        List<PartEntry> sorted() {
            return stored.size() < 2
                    ? stored
                    : stored.stream()
                            .sorted(Comparator.comparing(PartEntry::name))
                            .toList();
        }
    }

    /** An item of which some part could not be stored. */
    private record Broken(List<PartEntry> stored, List<String> missing, Trouble trouble) {}
}
