// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.commit.ProgressLog;
import io.holdfast.internal.commit.SnapshotDraft;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.ProgressRecord;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobCounters;
import io.holdfast.internal.pack.BlobIndex;
import io.holdfast.internal.pack.BlobIndexWriter;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.pack.BlobScope;
import io.holdfast.internal.pack.BlobWriter;
import io.holdfast.internal.pack.BlobWriterSettings;
import io.holdfast.internal.pack.FlushResult;
import io.holdfast.internal.pack.Lane;
import io.holdfast.manifest.BlobRef;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.store.StoreCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A session's work on a claimed lineage: blobs through a writer, runs through the shelf, records through the log. */
final class LineageSession implements SessionWork {
    /** Packs that no index run names: up to here their directories serve, beyond a run is written. */
    private static final int MOST_LOOSE_PACKS = 16;

    private static final int LOOSE_BLOBS_WORTH_A_RUN = 2_000;
    /** Nobody else finds what lies in loose packs: what would take this much twice is shared through the index. */
    private static final long LOOSE_BYTES_WORTH_A_RUN = 8L << 20;

    private static final long TRUST_CACHE_BYTES = 1 << 20;

    private final RepositoryParts parts;
    private final LineageParts lineage;
    private final LineageHold hold;
    private final RunShelf shelf;
    private final StoreCounts requestsBefore;
    private final SnapshotDraft.Origin origin;
    private final MemoryBudget memory;
    private final BlobScope scope;
    private final BlobIndex index;
    private final TableRuns table;
    private final Instant started;
    private final long seenByProgress;
    private volatile long seen;
    private final Set<PackRef> loose = new LinkedHashSet<>();
    private final Set<PackRef> inherited;
    private final Set<String> added = new TreeSet<>();
    private final BlobIndexWriter indexWriter;
    private @Nullable BlobWriter writer;
    private long plainAtCheckpoint;
    private long progressNumber;
    private String lastProgress;
    private byte[] observations;

    private LineageSession(
            RepositoryParts parts,
            LineageParts lineage,
            LineageHold hold,
            SnapshotDraft.Origin origin,
            StoreCounts requestsBefore,
            MemoryBudget memory) {
        this.parts = parts;
        this.memory = memory;
        this.lineage = lineage;
        this.origin = origin;
        this.hold = hold;
        this.requestsBefore = requestsBefore;
        this.shelf = parts.shelf().forSession();
        this.scope = parts.scope(origin.tenant());
        Optional<ProgressRecord> progress = hold.progress().map(ProgressLog.Stored::record);
        hold.head().newest().ifPresent(stored -> loose.addAll(stored.record().packs()));
        progress.ifPresent(record -> loose.addAll(record.packs()));
        this.inherited = Set.copyOf(loose);
        this.index = parts.index(scope, inherited);
        this.indexWriter = BlobIndexWriter.within(scope, memory.totalBytes() / 8);
        this.seenByProgress = progress.map(ProgressRecord::seen).orElse(Long.MAX_VALUE);
        this.seen = Math.min(lineage.retired().newest(), seenByProgress);
        this.started = progress.map(ProgressRecord::started).orElseGet(parts.time()::now);
        this.table = openTable(progress);
        this.observations = hold.head()
                .newest()
                .map(stored -> stored.record().observations())
                .orElseGet(() -> new byte[0]);
        this.lastProgress = hold.progress().map(ProgressLog.Stored::name).orElse("");
        progress.ifPresent(record -> record.packs().forEach(pack -> added.add(pack.objectName())));
    }

    /** Begins on the lineage of a source; what fails after that lets go of it again. */
    static LineageSession begin(RepositoryParts parts, SourceId source, TenantId tenant, MemoryBudget memory) {
        StoreCounts before = parts.requests();
        LineageParts lineage = parts.lineageAsKnown(source);
        SnapshotDraft.Origin origin = new SnapshotDraft.Origin(source.value(), tenant.value(), parts.engine());
        LineageHold hold = LineageHold.begin(lineage, origin, parts.runtime());
        boolean begun = false;
        try {
            LineageSession session = new LineageSession(parts, lineage, hold, origin, before, memory);
            begun = true;
            return session;
        } finally {
            if (!begun) {
                hold.close();
            }
        }
    }

    private TableRuns openTable(Optional<ProgressRecord> progress) {
        if (progress.isPresent()) {
            return new TableRuns(
                    shelf, parts.keys(), progress.get().table(), progress.get().inlineTable());
        }
        SnapshotRecord.State state = hold.head().state().orElseGet(SnapshotRecord.State::empty);
        return new TableRuns(shelf, parts.keys(), state.table(), state.inlineTable());
    }

    @Override
    public long number() {
        return hold.head().nextNumber();
    }

    @Override
    public boolean resumed() {
        return hold.progress().isPresent();
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public Optional<SnapshotRecord> parent() {
        return hold.head()
                .newest()
                .map(StoredRecord::record)
                .filter(record -> !record.state().table().isEmpty()
                        || record.state().inlineTable().length > 0
                        || record.type() == SnapshotRecord.Type.SNAPSHOT);
    }

    @Override
    public TableWork table() {
        return table;
    }

    @Override
    public ManifestWork manifest(ResourceState state) {
        return new RunStackManifestWork(shelf, parts.keys(), state);
    }

    @Override
    public LedgerWork ledger(ResourceState state) {
        return new LedgerRun(shelf, state);
    }

    @Override
    public SeenKeys seen(List<RunRef> runs) {
        return new SeenKeyRuns(shelf, parts.keys(), runs);
    }

    @Override
    public void prepareToStore() {
        writer();
    }

    @Override
    public BlobRef store(Lane lane, byte[] bytes, int offset, int length) {
        return writer().write(lane, bytes, offset, length);
    }

    /** Made at the first need, so that a session without change holds no buffers and opens no index. */
    private synchronized BlobWriter writer() {
        BlobWriter there = writer;
        if (there == null) {
            hold.require();
            // Under the lease, and before the index is asked the first time: an old number is safe, but a prune that
            // has closed since
            // would make the record void.
            lineage.retired().refresh();
            seen = Math.min(lineage.retired().newest(), seenByProgress);
            TrustSample known = new TrustSample(
                    index,
                    new BlobReader(scope, index, TRUST_CACHE_BYTES),
                    parts.runtime().randomness());
            there = new BlobWriter(scope, known, indexWriter, parts.runtime(), memory, settings());
            writer = there;
        }
        return there;
    }

    private BlobWriterSettings settings() {
        return BlobWriterSettings.fitting(parts.runtime().parallelism(), memory.totalBytes());
    }

    @Override
    public void closeLanes(ResourceId resource) {
        BlobWriter there;
        synchronized (this) {
            there = writer;
        }
        if (there != null) {
            there.closeLane(resource);
        }
    }

    @Override
    public void flush(List<RunDraft> drafts) {
        BlobWriter there;
        synchronized (this) {
            there = writer;
        }
        if (there == null && drafts.isEmpty()) {
            return;
        }
        hold.require();
        List<RunDraft> annexes = new ArrayList<>();
        for (RunDraft draft : drafts) {
            if (draft.bytes().length > parts.largestAnnex()) {
                draft.placed(shelf.put(draft));
            } else {
                annexes.add(draft);
            }
        }
        FlushResult result = writer().flush(annexes);
        for (int i = 0; i < annexes.size(); i++) {
            annexes.get(i).placed(result.annexes().get(i));
        }
        for (PackRef pack : result.packs()) {
            loose.add(pack);
            added.add(pack.objectName());
        }
    }

    @Override
    public void checkpoint() {
        hold.require();
        TableWork.Written written = table.write(number());
        ProgressLog progress = lineage.progress();
        if (progressNumber == 0) {
            progressNumber = progress.nextNumber(hold.head(), hold.epoch());
        }
        lastProgress = progress.write(new ProgressRecord(
                hold.head().base(),
                hold.epoch(),
                progressNumber,
                lineage.name(),
                seen,
                written.runs(),
                written.inline(),
                List.copyOf(loose),
                started,
                parts.time().now()));
        progressNumber++;
        plainAtCheckpoint = counters().map(BlobCounters::newPlainBytes).orElse(0L);
    }

    @Override
    public void observe(byte[] learned) {
        observations = learned.clone();
    }

    @Override
    public Snapshot commit(boolean complete, Map<String, Long> counts) {
        // Where a number may be taken twice, the create of a record fences nobody, and a session without change needs
        // the lease as well.
        if (hold.isClaimed() || !parts.repository().isConditional()) {
            hold.require();
        }
        writeIndex();
        TableWork.Written written = table.write(number());
        added.addAll(shelf.written());
        SnapshotRecord.State state =
                new SnapshotRecord.State(written.runs(), written.inline(), table.digest(), complete, counts);
        StoredRecord stored = lineage.log()
                .commit(
                        hold.head(),
                        new SnapshotDraft(
                                SnapshotRecord.Type.SNAPSHOT,
                                origin,
                                hold.epoch(),
                                seen,
                                siblings(),
                                new SnapshotDraft.Content(state, List.copyOf(loose), List.copyOf(added)),
                                lastProgress,
                                new SnapshotRecord.Times(started, parts.time().now()),
                                observations));
        hold.committed(stored);
        if (!lastProgress.isEmpty()) {
            lineage.progress().clean(stored.id().number());
        }
        return Snapshots.of(stored);
    }

    /** Few small packs are found through the record that names them; more are worth a run of the index. */
    private void writeIndex() {
        boolean worthIt = indexWriter.pendingBlobs() >= LOOSE_BLOBS_WORTH_A_RUN
                || loose.size() > MOST_LOOSE_PACKS
                || loose.stream().mapToLong(PackRef::length).sum() >= LOOSE_BYTES_WORTH_A_RUN;
        if (!worthIt) {
            return;
        }
        parts.directories(inherited).forEach(indexWriter::packWritten);
        BlobIndexWriter.Written written = indexWriter.finish();
        loose.removeAll(written.packs());
        written.runs().forEach(run -> added.add(run.objectName()));
    }

    /** Who only adds a record looks at nobody else: what the parent saw still holds. */
    private Map<String, RecordId> siblings() {
        return hold.isClaimed()
                ? parts.siblings(lineage.name())
                : parent().map(SnapshotRecord::siblings).orElse(Map.of());
    }

    @Override
    public void beat() {
        if (!hold.beatIfDue()) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_BUSY,
                    "the lease of lineage " + lineage.name() + " was taken over by another session",
                    "Run the session again; what was stored is found again");
        }
    }

    @Override
    public Volume volume() {
        BlobCounters now = counters().orElse(null);
        long plain = now == null ? 0 : now.newPlainBytes();
        long stored = now == null ? 0 : now.newStoredBytes();
        return new Volume(
                plain,
                stored,
                plain - plainAtCheckpoint,
                RepositoryParts.byVerb(parts.requests().minus(requestsBefore)));
    }

    private synchronized Optional<BlobCounters> counters() {
        return Optional.ofNullable(writer).map(BlobWriter::counters);
    }

    @Override
    public void close() {
        try {
            BlobWriter there;
            synchronized (this) {
                there = writer;
            }
            if (there != null) {
                there.close();
            }
        } finally {
            hold.close();
        }
    }
}
