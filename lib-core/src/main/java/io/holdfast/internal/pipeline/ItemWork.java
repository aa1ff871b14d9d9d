// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

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

    /** Stores an item with its parts. */
    void store(SourceItem item, FeedId feed, List<Part> parts) {
        Optional<ManifestEntry> old = resource.manifest.find(item.key());
        List<PartEntry> stored = new ArrayList<>(parts.size());
        List<String> missing = new ArrayList<>(0);
        Trouble trouble = null;
        for (Part part : parts) {
            try {
                stored.add(unlessEqual(contents.store(part, Lane.content(resource.id())), old));
            } catch (FailureException e) {
                missing.add(part.name());
                trouble = Troubles.of(e);
            }
        }
        if (trouble == null) {
            keep(entry(item, feed, stored, ManifestEntry.Condition.WHOLE), old);
        } else {
            keepWhatIsGood(item, feed, new Broken(stored, missing, trouble), old);
        }
    }

    /** Writes new state over content that is known to be the same. */
    void storeState(SourceItem item, FeedId feed, List<PartEntry> parts) {
        Optional<ManifestEntry> old = resource.manifest.find(item.key());
        keep(entry(item, feed, parts, ManifestEntry.Condition.WHOLE), old);
    }

    /** Notes that an item could not be read at all. */
    void trouble(ItemRef ref, Trouble trouble) {
        Optional<ManifestEntry> old = resource.manifest.find(ref.key());
        if (trouble.permanent()) {
            resource.ledger.open(ref, OpenFailure.Condition.SKIPPED, trouble, List.of());
            shared.counts.count(Outcome.SKIPPED);
            return;
        }
        old.ifPresent(entry -> resource.manifest.put(withCondition(entry, ManifestEntry.Condition.STALE)));
        resource.ledger.open(
                ref, old.isPresent() ? OpenFailure.Condition.STALE : OpenFailure.Condition.FAILED, trouble, List.of());
        shared.counts.count(Outcome.FAILED);
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

    private void keepWhatIsGood(SourceItem item, FeedId feed, Broken broken, Optional<ManifestEntry> old) {
        ItemRef ref = Refs.of(resource.id(), feed, item);
        boolean refused = broken.trouble.permanent();
        if (old.isPresent() && !refused) {
            resource.manifest.put(withCondition(old.get(), ManifestEntry.Condition.STALE));
            resource.ledger.open(ref, OpenFailure.Condition.STALE, broken.trouble, broken.missing);
            shared.counts.count(Outcome.FAILED);
        } else if (broken.stored.isEmpty() && !refused) {
            resource.ledger.open(ref, OpenFailure.Condition.FAILED, broken.trouble, broken.missing);
            shared.counts.count(Outcome.FAILED);
        } else if (broken.stored.isEmpty()) {
            resource.manifest.put(entry(item, feed, List.of(), ManifestEntry.Condition.SKIPPED));
            resource.ledger.open(ref, OpenFailure.Condition.SKIPPED, broken.trouble, broken.missing);
            shared.counts.count(Outcome.SKIPPED);
        } else {
            resource.manifest.put(entry(item, feed, broken.stored, ManifestEntry.Condition.DEGRADED));
            resource.ledger.open(ref, OpenFailure.Condition.DEGRADED, broken.trouble, broken.missing);
            shared.counts.count(Outcome.DEGRADED);
        }
    }

    private ManifestEntry entry(
            SourceItem item, FeedId feed, List<PartEntry> parts, ManifestEntry.Condition condition) {
        List<PartEntry> sorted = parts.size() < 2
                ? parts
                : parts.stream().sorted(Comparator.comparing(PartEntry::name)).toList();
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
                metadata(item),
                sorted,
                item.relations(),
                condition);
    }

    private MetadataEntry metadata(SourceItem item) {
        byte[] bytes = item.metadata().bytes();
        byte[] hash = item.metadata().form() == SourceItem.Metadata.Form.JSON
                ? Digests.json(bytes).orElseGet(() -> Digests.sha256(bytes))
                : Digests.sha256(bytes);
        if (bytes.length < MetadataEntry.INLINE_LIMIT) {
            return new MetadataEntry.Inline(bytes, hash);
        }
        StreamChunks chunks = new StreamChunks(
                shared.work, Lane.metadata(resource.id()), shared.plan.chunker(), new byte[bytes.length]);
        chunks.write(bytes, 0, bytes.length);
        return new MetadataEntry.Stored(new PartEntry(
                "metadata", bytes.length, hash, Digests.sha256(bytes), chunks.finish(), Optional.empty(), false));
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

    /** An item of which some part could not be stored. */
    private record Broken(List<PartEntry> stored, List<String> missing, Trouble trouble) {}
}
