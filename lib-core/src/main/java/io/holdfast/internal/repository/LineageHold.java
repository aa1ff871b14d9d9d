// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.internal.commit.Head;
import io.holdfast.internal.commit.LineageClaim;
import io.holdfast.internal.commit.ProgressLog;
import io.holdfast.internal.commit.SnapshotDraft;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.runtime.HoldfastRuntime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session's hold on a lineage: first only what it builds on, and the lease as soon as it has something to write.
 *
 * <p>A session that writes nothing but its record needs no lease: the create of the record is its fence. Safe for use by several threads.
 */
final class LineageHold implements AutoCloseable {
    private final LineageParts lineage;
    private final SnapshotDraft.Origin origin;
    private final HoldfastRuntime runtime;
    private final Optional<ProgressLog.Stored> progress;
    private Head head;
    private volatile @Nullable LineageClaim claim;

    private LineageHold(LineageParts lineage, SnapshotDraft.Origin origin, HoldfastRuntime runtime) {
        this.lineage = lineage;
        this.origin = origin;
        this.runtime = runtime;
        Head found = lineage.log().head();
        if (lineage.progress().newest(found).isEmpty()) {
            this.head = found;
            this.progress = Optional.empty();
            return;
        }
        // Somebody was broken off: what he did is only continued under the lease, and behind a fence if he may still
        // live.
        LineageClaim claimed = lineage.claim(origin, runtime.time().now());
        this.head = claimed.head();
        this.progress = claimed.progress();
        keep(claimed);
    }

    static LineageHold begin(LineageParts lineage, SnapshotDraft.Origin origin, HoldfastRuntime runtime) {
        return new LineageHold(lineage, origin, runtime);
    }

    private void keep(LineageClaim claimed) {
        claim = claimed;
        if (!runtime.isSimulated()) {
            claimed.lease().keepAlive();
        }
    }

    synchronized Head head() {
        return head;
    }

    Optional<ProgressLog.Stored> progress() {
        return progress;
    }

    synchronized long epoch() {
        LineageClaim claimed = claim;
        return claimed == null ? Math.max(1, head.highestEpoch()) : claimed.epoch();
    }

    boolean isClaimed() {
        return claim != null;
    }

    /** Takes the lease, unless it is held already; what the session builds on must not have changed meanwhile. */
    void require() {
        LineageClaim held = claim;
        if (held != null) {
            held.lease().requireHeld();
            return;
        }
        synchronized (this) {
            if (claim == null) {
                LineageClaim claimed = lineage.claim(origin, runtime.time().now());
                if (!continues(claimed.head())) {
                    claimed.close();
                    throw moved(claimed.head());
                }
                head = claimed.head();
                keep(claimed);
            }
        }
    }

    /** Whether a head is the one that the session began on, or a fence right above it. */
    private boolean continues(Head now) {
        Optional<RecordId> base = head.newest().map(StoredRecord::id);
        Optional<StoredRecord> newest = now.newest();
        if (newest.map(StoredRecord::id).equals(base)) {
            return true;
        }
        return newest.map(StoredRecord::record)
                .filter(record -> record.type() == SnapshotRecord.Type.FENCE)
                .map(fence -> fence.parents().stream().limit(1).toList())
                .filter(parents -> parents.equals(base.map(List::of).orElse(List.of())))
                .isPresent();
    }

    private static CommitLostException moved(Head now) {
        return new CommitLostException(
                ErrorCode.COMMIT_LOST,
                "another session committed record "
                        + now.newest().map(s -> s.id().number()).orElse(0L) + " while this one was reading",
                "Run the session again; it goes on from there");
    }

    boolean beatIfDue() {
        LineageClaim held = claim;
        return held == null || held.lease().beatIfDue();
    }

    void committed(StoredRecord stored) {
        LineageClaim held = claim;
        if (held != null) {
            held.committed(stored);
        }
    }

    @Override
    public void close() {
        LineageClaim held = claim;
        if (held != null) {
            held.close();
        }
    }
}
