// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.commit.SnapshotLog;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobIndex;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.pack.BlobScope;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.repository.ItemDifference;
import io.holdfast.repository.ItemDifference.Change;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what snapshots hold; safe for use by several threads. */
final class SnapshotReading {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReading.class);
    private static final long FRAME_CACHE_BYTES = 48L << 20;

    private final RepositoryParts parts;
    private final Map<Snapshot, SnapshotRecord> records = new ConcurrentHashMap<>();
    private final Map<String, Blobs> blobs = new ConcurrentHashMap<>();

    SnapshotReading(RepositoryParts parts) {
        this.parts = parts;
    }

    List<Snapshot> snapshots(SourceId source) {
        List<Snapshot> newestFirst = new ArrayList<>();
        parts.lineage(source)
                .log()
                .forEachReadable(
                        stored -> newestFirst.add(remember(stored)),
                        damaged -> LOG.warn("A snapshot of {} is left out: {}", source, damaged.getMessage()));
        List<Snapshot> oldestFirst = new ArrayList<>(newestFirst);
        java.util.Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    private Snapshot remember(StoredRecord stored) {
        Snapshot snapshot = Snapshots.of(stored);
        records.put(snapshot, stored.record());
        return snapshot;
    }

    /** The newest snapshot; if the newest record is damaged, that is an error, and not the one before it an answer. */
    Optional<Snapshot> latest(SourceId source) {
        Optional<StoredRecord> newest = parts.lineage(source).log().head().newest();
        if (newest.isEmpty() || newest.get().record().type() == SnapshotRecord.Type.SNAPSHOT) {
            return newest.map(this::remember);
        }
        List<Snapshot> all = snapshots(source);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    Snapshot snapshot(SourceId source, OptionalLong sequence) {
        if (sequence.isEmpty()) {
            return latest(source).orElseThrow(() -> missing(source, sequence, List.of()));
        }
        requireNotSetBack(source);
        try {
            StoredRecord stored = parts.lineage(source).log().read(sequence.getAsLong());
            if (stored.record().type() == SnapshotRecord.Type.SNAPSHOT) {
                return remember(stored);
            }
        } catch (RepositoryException trouble) {
            if (trouble.code() != ErrorCode.SNAPSHOT_MISSING) {
                throw trouble;
            }
        }
        throw missing(source, sequence, snapshots(source));
    }

    /** A lineage that was set back is not read from; a damaged end keeps nobody from the snapshots before it. */
    private void requireNotSetBack(SourceId source) {
        try {
            parts.lineage(source).log().head();
        } catch (RepositoryException trouble) {
            if (!Findings.isDamage(trouble)) {
                throw trouble;
            }
            LOG.warn("The newest record of {} does not open: {}", source, trouble.getMessage());
        }
    }

    /** The sources that have records, by what of these opens. */
    List<SourceId> sources() {
        TreeSet<SourceId> sources = new TreeSet<>();
        for (String lineage : parts.lineages()) {
            SnapshotLog log = parts.lineage(lineage).log();
            Consumer<StoredRecord> named =
                    stored -> sources.add(new SourceId(stored.record().source()));
            try {
                log.head().newest().ifPresent(named);
            } catch (RepositoryException trouble) {
                if (!Findings.isDamage(trouble)) {
                    throw trouble;
                }
                log.forEachReadable(
                        named, damaged -> LOG.warn("A record of {} is left out: {}", lineage, damaged.getMessage()));
            }
        }
        return List.copyOf(sources);
    }

    private static RepositoryException missing(SourceId source, OptionalLong sequence, List<Snapshot> all) {
        String wanted = sequence.isPresent() ? "no snapshot " + sequence.getAsLong() : "no snapshot";
        String there = all.isEmpty()
                ? "there is none"
                : "there are " + all.get(0).sequence() + " to "
                        + all.get(all.size() - 1).sequence();
        return new RepositoryException(
                ErrorCode.SNAPSHOT_MISSING,
                "source '" + source + "' has " + wanted + "; " + there,
                all.isEmpty() ? "Check the source's name, or run a backup first" : "Choose one of these");
    }

    SnapshotRecord record(Snapshot snapshot) {
        SnapshotRecord known = records.get(snapshot);
        if (known == null) {
            known = parts.lineage(snapshot.source())
                    .log()
                    .read(Snapshots.id(snapshot))
                    .record();
            records.put(snapshot, known);
        }
        return known;
    }

    TableRuns table(Snapshot snapshot) {
        SnapshotRecord.State state = record(snapshot).state();
        return new TableRuns(parts.shelf(), parts.keys(), state.table(), state.inlineTable());
    }

    List<ResourceState> states(Snapshot snapshot) {
        List<ResourceState> states = new ArrayList<>();
        table(snapshot).forEach(states::add);
        return states;
    }

    ResourceState state(Snapshot snapshot, ResourceId resource) {
        return table(snapshot)
                .find(resource)
                .orElseThrow(() -> new RepositoryException(
                        ErrorCode.SNAPSHOT_MISSING,
                        "snapshot " + snapshot.sequence() + " of '" + snapshot.source() + "' has no resource '"
                                + resource + "'",
                        "List the resources of the snapshot"));
    }

    Manifest.EntryCursor entries(ResourceState state) {
        return new EntryCursors(new RunStack(parts.shelf(), state.manifest()).live(null, List.of()));
    }

    RunStackManifest manifest(ResourceState state) {
        return RunStackManifest.of(parts.shelf(), new EntryCodes(parts.keys()), state);
    }

    private RunStackManifest nothing() {
        return RunStackManifest.empty(parts.shelf(), new EntryCodes(parts.keys()));
    }

    LedgerRun ledger(ResourceState state) {
        return new LedgerRun(parts.shelf(), state);
    }

    void items(ResourceState state, Consumer<StoredItem> consumer) {
        TreePaths paths = paths(state);
        try (Manifest.EntryCursor entries = entries(state)) {
            for (ManifestEntry e = entries.next(); e != null; e = entries.next()) {
                consumer.accept(new StoredItem(state.id(), paths.of(e), e));
            }
        }
    }

    /** All containers, and of the other items those with the given keys. */
    void items(ResourceState state, Set<ItemKey> keys, Consumer<StoredItem> consumer) {
        List<ManifestEntry> found = new ArrayList<>(containers(state));
        TreePaths paths = new TreePaths();
        found.forEach(paths::add);
        Manifest manifest = manifest(state);
        keys.stream()
                .sorted(Comparator.comparing(ItemKey::value))
                .flatMap(key -> manifest.get(key).stream())
                .filter(entry -> !entry.kind().container())
                .forEach(found::add);
        found.forEach(entry -> consumer.accept(new StoredItem(state.id(), paths.of(entry), entry)));
    }

    private TreePaths paths(ResourceState state) {
        TreePaths paths = new TreePaths();
        containers(state).forEach(paths::add);
        return paths;
    }

    private List<ManifestEntry> containers(ResourceState state) {
        List<ManifestEntry> found = new ArrayList<>();
        RunStack stack = new RunStack(parts.shelf(), state.manifest());
        try (Manifest.EntryCursor containers =
                new EntryCursors(stack.front(EntryCodes.FIRST_CONTAINER, EntryCodes.FIRST_ITEM))) {
            for (ManifestEntry e = containers.next(); e != null && e.kind().container(); e = containers.next()) {
                found.add(e);
            }
        }
        return found;
    }

    void failures(SourceId source, Consumer<OpenFailure> consumer) {
        for (ResourceState state : states(snapshot(source, OptionalLong.empty()))) {
            for (LedgerEntry entry : ledger(state).open()) {
                consumer.accept(new OpenFailure(
                        state.id(),
                        entry.ref().key(),
                        entry.ref().kind().name(),
                        entry.condition(),
                        entry.cause(),
                        entry.code(),
                        entry.attempts(),
                        entry.since(),
                        entry.due()));
            }
        }
    }

    void diff(Snapshot from, Snapshot to, Consumer<ItemDifference> consumer) {
        TreeSet<ResourceId> ids = new TreeSet<>();
        states(from).forEach(state -> ids.add(state.id()));
        states(to).forEach(state -> ids.add(state.id()));
        for (ResourceId id : ids) {
            Optional<ResourceState> older = table(from).find(id);
            Optional<ResourceState> newer = table(to).find(id);
            boolean same = older.isPresent()
                    && newer.isPresent()
                    && older.get().digest().equals(newer.get().digest());
            if (!same) {
                diff(id, older, newer, consumer);
            }
        }
    }

    private void diff(
            ResourceId id,
            Optional<ResourceState> older,
            Optional<ResourceState> newer,
            Consumer<ItemDifference> consumer) {
        TreePaths before = older.map(this::paths).orElseGet(TreePaths::new);
        TreePaths after = newer.map(this::paths).orElseGet(TreePaths::new);
        Manifest left = older.map(this::manifest).orElseGet(this::nothing);
        Manifest right = newer.map(this::manifest).orElseGet(this::nothing);
        try (Manifest.DifferenceCursor differences = right.diff(left)) {
            for (Manifest.Difference d = differences.next(); d != null; d = differences.next()) {
                Change change =
                        d.before().isEmpty() ? Change.ADDED : d.after().isEmpty() ? Change.REMOVED : Change.CHANGED;
                ManifestEntry entry = d.after().or(d::before).orElseThrow();
                List<String> path = d.after().map(after::of).orElseGet(() -> before.of(entry));
                consumer.accept(new ItemDifference(change, id, entry.key(), path));
            }
        }
    }

    InputStream read(Snapshot snapshot, PartEntry part) {
        return PartStreams.open(blobs(snapshot).reader, part);
    }

    BlobReader reader(Snapshot snapshot) {
        return blobs(snapshot).reader;
    }

    BlobIndex index(Snapshot snapshot) {
        return blobs(snapshot).index;
    }

    private Blobs blobs(Snapshot snapshot) {
        SnapshotRecord record = record(snapshot);
        Blobs there = blobs.computeIfAbsent(record.tenant(), tenant -> {
            BlobScope scope = parts.scope(tenant);
            BlobIndex index = parts.index(scope, record.packs());
            return new Blobs(index, new BlobReader(scope, index, FRAME_CACHE_BYTES), ConcurrentHashMap.newKeySet());
        });
        if (there.snapshots.add(snapshot)) {
            there.reader.searchAgain();
        }
        there.index.addLoose(record.packs());
        return there;
    }

    /** What reads the blobs of one tenant, and the snapshots that were read so far: each one may be newer than what is known of the index. */
    private record Blobs(BlobIndex index, BlobReader reader, Set<Snapshot> snapshots) {}
}
