// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.CommitLostException;
import io.holdfast.internal.format.SnapshotRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lineage that this session alone may write, as far as that can be had: the lease, the head, the epoch, and what it can continue from.
 *
 * <p>For one thread; closing releases the lease.
 */
public final class LineageClaim implements AutoCloseable {
    private static final int ATTEMPTS = 4;
    private static final Duration PRUNE_PATIENCE = Duration.ofMinutes(2);

    private final Lease lease;
    private final Head head;
    private final long epoch;
    private final Optional<ProgressLog.Stored> progress;

    private LineageClaim(Lease lease, Head head, long epoch, Optional<ProgressLog.Stored> progress) {
        this.lease = lease;
        this.head = head;
        this.epoch = epoch;
        this.progress = progress;
    }

    /** What a claim is made of. All belong to one repository and one lineage. */
    public record Parts(SnapshotLog log, ProgressLog progress, Leases leases, RetireLists retired) {}

    /**
     * Claims a lineage: takes the lease, and where it was taken over from somebody who had not released it, commits a fence before anything else.
     *
     * @param parts the logs and leases
     * @param origin whose lineage it is
     * @param now what time it is, for the fence
     * @return the claim, which the caller closes
     * @throws io.holdfast.error.RepositoryBusyException if somebody else holds the lineage
     * @throws CommitLostException if others keep committing while this one fences
     */
    public static LineageClaim of(Parts parts, SnapshotDraft.Origin origin, Instant now) {
        Lease lease = parts.leases().acquire(parts.log().lineage());
        try {
            parts.log().proveStoreIfDue();
            Head head = settledHead(parts, lease);
            Optional<ProgressLog.Stored> progress = parts.progress().newest(head);
            long epoch = Math.max(Math.max(lease.epoch(), head.highestEpoch()), 1);
            if (lease.isTakenOver()) {
                head = fence(parts, lease, new Fencing(origin, epoch + 1, now));
                epoch = Math.max(epoch + 1, head.highestEpoch());
                progress = parts.progress().newest(head);
            }
            lease.note(epoch, head.newest().map(StoredRecord::id));
            return new LineageClaim(lease, head, epoch, progress);
        } catch (RuntimeException failed) {
            lease.abandon();
            throw failed;
        }
    }

    /** A prune that is deleting may not have counted the newest record: building on it would build on sand. */
    private static Head settledHead(Parts parts, Lease lease) {
        Head head = parts.log().head(lease.witnessed());
        long seen = head.newest().map(stored -> stored.record().seen()).orElse(0L);
        if (head.newest().isPresent() && parts.retired().closingAbove(seen)) {
            parts.retired().awaitClosed(seen, PRUNE_PATIENCE);
            head = parts.log().head(lease.witnessed());
        }
        return head;
    }

    private record Fencing(SnapshotDraft.Origin origin, long epoch, Instant now) {}

    private static Head fence(Parts parts, Lease lease, Fencing fencing) {
        for (int attempt = 1; ; attempt++) {
            Head head = settledHead(parts, lease);
            try {
                parts.log().commit(head, draft(parts, head, fencing));
                return parts.log().head();
            } catch (CommitLostException overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }

    /** The parent's state, and the progress that was found, so that it stays good on top of the fence. */
    private static SnapshotDraft draft(Parts parts, Head head, Fencing fencing) {
        Optional<SnapshotRecord> parent = head.newest().map(StoredRecord::record);
        return new SnapshotDraft(
                SnapshotRecord.Type.FENCE,
                parent.map(LineageClaim::originOf).orElse(fencing.origin()),
                Math.max(fencing.epoch(), head.highestEpoch() + 1),
                parts.retired().newest(),
                parent.map(SnapshotRecord::siblings).orElseGet(java.util.Map::of),
                new SnapshotDraft.Content(
                        head.state().orElseGet(SnapshotRecord.State::empty),
                        parent.map(SnapshotRecord::packs).orElseGet(java.util.List::of),
                        java.util.List.of()),
                parts.progress().newest(head).map(ProgressLog.Stored::name).orElse(""),
                new SnapshotRecord.Times(fencing.now(), fencing.now()),
                parent.map(SnapshotRecord::observations).orElseGet(() -> new byte[0]));
    }

    private static SnapshotDraft.Origin originOf(SnapshotRecord record) {
        return new SnapshotDraft.Origin(record.source(), record.tenant(), record.engine());
    }

    /**
     * The lease.
     *
     * @return the lease, closed with this claim
     */
    public Lease lease() {
        return lease;
    }

    /**
     * What the session builds on: read after the lease was taken and any fence was committed.
     *
     * @return the head
     */
    public Head head() {
        return head;
    }

    /**
     * The epoch of this session's progress and commits.
     *
     * @return at least 1
     */
    public long epoch() {
        return epoch;
    }

    /**
     * What the session can continue from.
     *
     * @return the newest valid progress record, or empty if it starts from the head
     */
    public Optional<ProgressLog.Stored> progress() {
        return progress;
    }

    /**
     * Notes a commit in the lease and lets go of it.
     *
     * @param committed the record
     */
    public void committed(StoredRecord committed) {
        lease.note(epoch, Optional.of(committed.id()));
    }

    /** Releases the lease. */
    @Override
    public void close() {
        lease.close();
    }
}
