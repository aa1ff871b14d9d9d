// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.RecordId;
import java.util.Arrays;

/** Holds the end of a lineage against what was witnessed of it. */
final class RollbackCheck {
    private final UnlockedRepository repository;
    private final SnapshotLog log;
    private final Witness witness;

    RollbackCheck(UnlockedRepository repository, SnapshotLog log, Witness witness) {
        this.repository = repository;
        this.log = log;
        this.witness = witness;
    }

    /** No record was written under a later descriptor than the one that was opened. */
    void requireDescriptor(Head head) {
        if (witness.acceptsRollback()) {
            return;
        }
        head.newest().ifPresent(newest -> {
            RecordId written = newest.record().descriptor();
            RecordId opened = repository.descriptorId();
            boolean other = written.number() == opened.number() && !Arrays.equals(written.hash(), opened.hash());
            if (written.number() > opened.number() || other) {
                throw rolledBack("record " + newest.id().number() + " of lineage " + log.lineage()
                        + " was written under descriptor " + written + ", the repository has " + opened);
            }
        });
    }

    /** A closed retire list counted this number, and the newest record is never deleted. */
    void requireCounted(Head head, long counted) {
        if (!witness.acceptsRollback() && counted > 0 && head.newest().isEmpty()) {
            throw rolledBack("lineage " + log.lineage() + " has no record, a retire list counted number " + counted);
        }
    }

    /** The lineage still has the record that was witnessed, or has grown beyond it. */
    void requireRecord(Head head, RecordId witnessed) {
        long newest = head.newest().map(stored -> stored.id().number()).orElse(0L);
        if (newest < witnessed.number() && !log.isGone(witnessed.number())) {
            throw rolledBack(
                    "the newest record of lineage " + log.lineage() + " is " + newest + ", seen was " + witnessed);
        }
        if (head.parents().contains(witnessed) || isParentOfNewest(head, witnessed)) {
            return;
        }
        if (log.isContradicted(witnessed)) {
            throw rolledBack("record " + witnessed.number() + " of lineage " + log.lineage()
                    + " is another one than was seen: " + witnessed);
        }
    }

    private static boolean isParentOfNewest(Head head, RecordId witnessed) {
        return head.newest()
                .filter(newest -> newest.record().parents().contains(witnessed))
                .isPresent();
    }

    private RepositoryException rolledBack(String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_ROLLED_BACK,
                what + ": the repository was set back or its newest objects are missing",
                "Bring the objects back, or accept the rollback to go on from what there is");
    }
}
