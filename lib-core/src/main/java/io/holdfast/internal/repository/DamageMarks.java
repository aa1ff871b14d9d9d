// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.HoldfastException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.pack.BlobScope;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.VerifyReport.DamagedItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Marks damaged items of one source in a session's work: the entry keeps the parts that can be read and loses its tags, so that no listing takes it for
 * unchanged, and the ledger has it fetched by id in the next session, since a feed of changes will not name it. A resource whose manifest is damaged
 * begins anew. For one thread.
 */
final class DamageMarks {
    /** The cause in the ledger. */
    static final String CAUSE = "damaged";

    private static final long FRAME_CACHE_BYTES = 4 << 20;

    private final SessionWork work;
    private final SnapshotRecord newest;
    private final BlobReader reader;
    private final Instant now;
    private final Map<ResourceId, Opened> opened = new TreeMap<>();
    private long items;
    private long resources;

    DamageMarks(RepositoryParts parts, SessionWork work, SnapshotRecord newest) {
        this.work = work;
        this.newest = newest;
        this.now = parts.time().now();
        BlobScope scope = parts.scope(newest.tenant());
        this.reader = new BlobReader(scope, parts.index(scope, newest.packs()), FRAME_CACHE_BYTES);
    }

    /** A resource with damaged items. */
    private record Opened(ResourceState state, ManifestWork manifest, LedgerWork ledger) {}

    void mark(DamagedItem damaged) {
        if (damaged.resource().equals(RecordCheck.ALL)) {
            List<ResourceState> all = new ArrayList<>();
            work.table().forEach(all::add);
            all.forEach(this::startAnew);
            return;
        }
        Optional<ResourceState> state = work.table().find(new ResourceId(damaged.resource()));
        if (state.isPresent() && damaged.key().equals(RecordCheck.ALL)) {
            startAnew(state.get());
        } else {
            state.ifPresent(resource -> mark(resource, new ItemKey(damaged.key())));
        }
    }

    private void startAnew(ResourceState state) {
        ResourceState fresh = ResourceState.fresh(state.resource());
        work.table()
                .put(new ResourceState(
                        fresh.resource(),
                        fresh.manifest(),
                        fresh.digest(),
                        fresh.counts(),
                        fresh.feeds(),
                        fresh.ledger(),
                        fresh.openCounts(),
                        Optional.of(Instant.EPOCH),
                        state.departedSince()));
        opened.remove(state.id());
        resources++;
    }

    private void mark(ResourceState state, ItemKey key) {
        Opened resource =
                opened.computeIfAbsent(state.id(), id -> new Opened(state, work.manifest(state), work.ledger(state)));
        resource.manifest().find(key).ifPresent(entry -> {
            List<PartEntry> good =
                    entry.parts().stream().filter(this::isReadable).toList();
            List<String> lost = entry.parts().stream()
                    .filter(part -> !good.contains(part))
                    .map(PartEntry::name)
                    .toList();
            resource.manifest().put(without(entry, good));
            ItemRef ref = new ItemRef(
                    state.id(),
                    entry.feed(),
                    entry.kind(),
                    key,
                    entry.containers(),
                    Optional.empty(),
                    Optional.empty());
            resource.ledger().put(new LedgerEntry(ref, OpenFailure.Condition.DEGRADED, CAUSE, "", lost, 1, now, now));
            items++;
        });
    }

    private ManifestEntry without(ManifestEntry entry, List<PartEntry> good) {
        boolean lost = entry.metadata() instanceof MetadataEntry.Stored stored && !isReadable(stored.part());
        byte[] none = new byte[0];
        return new ManifestEntry(
                entry.key(),
                entry.kind(),
                entry.feed(),
                entry.containers(),
                entry.name(),
                Optional.empty(),
                Optional.empty(),
                entry.modified(),
                entry.size(),
                lost ? new MetadataEntry.Inline(none, Sha256.of(none)) : entry.metadata(),
                good,
                entry.relations(),
                ManifestEntry.Condition.DEGRADED);
    }

    private boolean isReadable(PartEntry part) {
        try {
            PartStreams.prove(reader, part);
            return true;
        } catch (HoldfastException trouble) {
            if (!Findings.isDamage(trouble)) {
                throw trouble;
            }
            return false;
        }
    }

    void commit() {
        opened.forEach((id, resource) -> {
            List<RunDraft> drafts = new ArrayList<>();
            resource.manifest().freeze(work.number()).ifPresent(drafts::add);
            resource.ledger().freeze(work.number()).ifPresent(drafts::add);
            work.flush(drafts);
            work.table().put(marked(resource));
        });
        if (items + resources > 0) {
            work.commit(false, newest.state().counts());
        }
    }

    private static ResourceState marked(Opened resource) {
        ResourceState state = resource.state();
        return new ResourceState(
                state.resource(),
                resource.manifest().runs(),
                resource.manifest().digest(),
                resource.manifest().counts(),
                state.feeds(),
                resource.ledger().runs(),
                resource.ledger().counts(),
                state.lastCompleted(),
                state.departedSince());
    }

    long items() {
        return items;
    }

    long resources() {
        return resources;
    }
}
