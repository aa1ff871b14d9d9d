// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.pack.Lane;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies one snapshot into a session on another repository, without asking the source; for one thread, used once.
 *
 * <p>Every blob is read, which checks it against its id, and stored anew: under the target's own ids and keys, with the chunks' boundaries as they
 * are. The result is a full that needs nothing of the first repository. Its counts are those of the snapshot. Its digest is the same only
 * if both repositories have the same repository key, since the digest is keyed by it alone. Times of sessions are not carried over: the
 * copy is as old as its own session. When a resource was caught up last is carried over, and so are the cursors of feeds that stood behind a whole
 * pass, so that backups can go on in the target.
 *
 * <p>Memory holds one chunk, the reader's frame cache, and the entries since the last flush. A copy that is broken off stores nothing twice when
 * it is run again.
 */
final class SnapshotCopy {
    private static final long CHECKPOINT_BYTES = 64L << 20;
    private static final long PENDING_BYTES = 16L << 20;
    private static final int READ_AHEAD = 64;

    /** What a state says of a resource that was never caught up. */
    private static final Optional<Instant> NEVER = Optional.of(Instant.EPOCH);

    private final SnapshotReading from;
    private final Snapshot snapshot;
    private final SessionWork work;
    private final BlobReader reader;

    SnapshotCopy(SnapshotReading from, Snapshot snapshot, SessionWork work) {
        this.from = from;
        this.snapshot = snapshot;
        this.work = work;
        this.reader = from.reader(snapshot);
    }

    Snapshot run() {
        Set<ResourceId> wanted = new HashSet<>();
        for (ResourceState state : from.states(snapshot)) {
            wanted.add(state.id());
            new ResourceCopy(state).run();
        }
        List<ResourceId> others = new ArrayList<>();
        work.table().forEach(state -> {
            if (!wanted.contains(state.id())) {
                others.add(state.id());
            }
        });
        others.forEach(work.table()::remove);
        work.flush(List.of());
        return work.commit(snapshot.complete(), from.record(snapshot).state().counts());
    }

    /** One resource, on top of what the target has of it already. */
    private final class ResourceCopy {
        private final ResourceState state;
        private final ResourceState there;
        private final ManifestWork manifest;

        ResourceCopy(ResourceState state) {
            this.state = state;
            this.there = work.table().find(state.id()).orElseGet(() -> ResourceState.fresh(state.resource()));
            this.manifest = work.manifest(there);
        }

        void run() {
            try (Manifest.EntryCursor entries = from.entries(state);
                    Manifest.EntryCursor before = manifest.entries()) {
                ManifestEntry old = before.next();
                for (ManifestEntry entry = entries.next(); entry != null; entry = entries.next()) {
                    old = removeBelow(entry, old, before);
                    manifest.put(copied(entry));
                    flushIfDue();
                }
                removeBelow(null, old, before);
            }
            work.closeLanes(state.id());
            LedgerWork ledger = ledger();
            List<RunDraft> drafts = new ArrayList<>();
            manifest.freeze(work.number()).ifPresent(drafts::add);
            ledger.freeze(work.number()).ifPresent(drafts::add);
            work.flush(drafts);
            manifest.compact();
            work.table().put(finished(ledger));
        }

        /** Removes what the target has before an entry, or all that is left; gives the first that it has behind the entry. */
        private @Nullable ManifestEntry removeBelow(
                @Nullable ManifestEntry entry, @Nullable ManifestEntry first, Manifest.EntryCursor before) {
            ManifestEntry old = first;
            while (old != null) {
                ManifestOrder.Position position = ManifestOrder.position(old);
                int order =
                        entry == null ? -1 : ManifestOrder.COMPARATOR.compare(position, ManifestOrder.position(entry));
                if (order > 0) {
                    break;
                }
                if (order < 0) {
                    manifest.remove(position);
                }
                old = before.next();
            }
            return old;
        }

        private void flushIfDue() {
            work.beat();
            boolean checkpoint = work.volume().bytesSinceCheckpoint() >= CHECKPOINT_BYTES;
            if (!checkpoint && manifest.pendingBytes() < PENDING_BYTES) {
                return;
            }
            work.flush(manifest.freeze(work.number()).map(List::of).orElseGet(List::of));
            if (checkpoint) {
                work.table().put(unfinished());
                work.checkpoint();
            }
        }

        private ManifestEntry copied(ManifestEntry entry) {
            Lane content = Lane.content(state.id());
            List<PartEntry> parts =
                    entry.parts().stream().map(part -> copied(part, content)).toList();
            MetadataEntry metadata = entry.metadata() instanceof MetadataEntry.Stored stored
                    ? new MetadataEntry.Stored(copied(stored.part(), Lane.metadata(state.id())))
                    : entry.metadata();
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
                    metadata,
                    parts,
                    entry.relations(),
                    entry.condition());
        }

        private PartEntry copied(PartEntry part, Lane lane) {
            List<BlobRef> blobs = part.blobs();
            List<BlobRef> stored = new ArrayList<>(blobs.size());
            int fetched = 0;
            for (int i = 0; i < blobs.size(); i++) {
                if (i == fetched) {
                    fetched = i + reader.prefetch(blobs.subList(i, Math.min(blobs.size(), i + READ_AHEAD)));
                }
                byte[] chunk = reader.read(blobs.get(i));
                stored.add(work.store(lane, chunk, 0, chunk.length));
            }
            return new PartEntry(
                    part.name(),
                    part.size(),
                    part.canonicalHash(),
                    part.rawHash(),
                    stored,
                    part.recipe(),
                    part.providerHashDiffers());
        }

        private LedgerWork ledger() {
            LedgerWork ledger = work.ledger(there);
            List<LedgerEntry> wanted = from.ledger(state).open();
            for (LedgerEntry old : ledger.open()) {
                if (wanted.stream()
                        .noneMatch(entry -> entry.ref().key().equals(old.ref().key()))) {
                    ledger.close(old.ref().key());
                }
            }
            wanted.forEach(ledger::put);
            return ledger;
        }

        /**
         * In a state, no time means: in the very session of its record, which is another one here. A pass that is under way cannot go on without the
         * keys that it has seen, which are not copied: it begins anew.
         */
        private ResourceState finished(LedgerWork ledger) {
            List<ResourceState.FeedState> feeds = state.feeds().stream()
                    .filter(ResourceState.FeedState::caughtUp)
                    .toList();
            return new ResourceState(
                    state.resource(),
                    manifest.runs(),
                    manifest.digest(),
                    manifest.counts(),
                    feeds,
                    ledger.runs(),
                    ledger.counts(),
                    Optional.of(state.lastCompleted().orElse(snapshot.committed())),
                    state.departedSince());
        }

        /** What a checkpoint keeps: the entries so far, and no cursor that would stand ahead of them. */
        private ResourceState unfinished() {
            return new ResourceState(
                    state.resource(),
                    manifest.runs(),
                    manifest.digest(),
                    manifest.counts(),
                    List.of(),
                    there.ledger(),
                    there.openCounts(),
                    NEVER,
                    state.departedSince());
        }
    }
}
