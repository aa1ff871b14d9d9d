// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.internal.repository.TableWork;
import io.holdfast.repository.OpenFailure;
import java.util.ArrayList;
import java.util.List;

/** The open ledger over all resources: the one place that outcome and exit status derive from. */
final class OpenLedger {
    private OpenLedger() {}

    static ResourceState.OpenCounts counts(TableWork table) {
        long[] sums = new long[4];
        table.forEach(state -> {
            sums[0] += state.openCounts().failed();
            sums[1] += state.openCounts().degraded();
            sums[2] += state.openCounts().stale();
            sums[3] += state.openCounts().skipped();
        });
        return new ResourceState.OpenCounts(sums[0], sums[1], sums[2], sums[3]);
    }

    static List<OpenFailure> first(SessionWork work, int most) {
        List<OpenFailure> failures = new ArrayList<>();
        work.table().forEach(state -> {
            if (failures.size() < most && !state.ledger().isEmpty()) {
                for (LedgerEntry entry : work.ledger(state).open()) {
                    if (failures.size() < most) {
                        failures.add(failure(entry));
                    }
                }
            }
        });
        return failures;
    }

    static OpenFailure failure(LedgerEntry entry) {
        return new OpenFailure(
                entry.ref().resource(),
                entry.ref().key(),
                entry.ref().kind().name(),
                entry.condition(),
                entry.cause(),
                entry.code(),
                entry.attempts(),
                entry.since(),
                entry.due());
    }
}
