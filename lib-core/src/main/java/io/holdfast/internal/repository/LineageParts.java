// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.Leases;
import io.holdfast.internal.commit.LineageClaim;
import io.holdfast.internal.commit.ProgressLog;
import io.holdfast.internal.commit.RetireLists;
import io.holdfast.internal.commit.SnapshotDraft;
import io.holdfast.internal.commit.SnapshotLog;
import java.time.Instant;

/**
 * The logs of one lineage.
 *
 * @param name its keyed name
 * @param log its records
 * @param progress its progress records
 * @param leases the leases of the repository
 * @param retired the retire lists as they were read for this use
 */
record LineageParts(String name, SnapshotLog log, ProgressLog progress, Leases leases, RetireLists retired) {

    LineageClaim claim(SnapshotDraft.Origin origin, Instant now) {
        return LineageClaim.of(new LineageClaim.Parts(log, progress, leases, retired), origin, now);
    }
}
