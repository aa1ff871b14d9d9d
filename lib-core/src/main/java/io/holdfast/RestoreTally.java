// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.internal.pipeline.RestoreEngine;
import io.holdfast.repository.StoredItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts outcomes and hands them on, one at a time. */
final class RestoreTally {
    private static final int MOST_FAILURES = 1000;

    private final Consumer<RestoredItem> items;
    private final List<RestoredItem> failures = new ArrayList<>();
    private final long[] counts = new long[RestoredItem.Outcome.values().length];
    private long bytes;

    RestoreTally(Consumer<RestoredItem> items) {
        this.items = items;
    }

    synchronized void take(StoredItem item, RestoreEngine.Result result, Optional<String> trouble) {
        RestoredItem.Outcome outcome = RestoredItem.Outcome.valueOf(result.name());
        RestoredItem restored = new RestoredItem(item, outcome, trouble);
        if (!item.entry().kind().container() || outcome == RestoredItem.Outcome.FAILED) {
            counts[outcome.ordinal()]++;
        }
        if (outcome == RestoredItem.Outcome.RESTORED) {
            bytes +=
                    item.entry().parts().stream().mapToLong(part -> part.size()).sum();
        }
        if (outcome == RestoredItem.Outcome.FAILED && failures.size() < MOST_FAILURES) {
            failures.add(restored);
        }
        items.accept(restored);
    }

    synchronized RestoreReport report(RestoreEngine.Ended ended, String id) {
        long failed = counts[RestoredItem.Outcome.FAILED.ordinal()];
        RestoreReport.Outcome outcome = ended.stopped()
                ? RestoreReport.Outcome.STOPPED
                : failed > 0
                                || !ended.unreadable().isEmpty()
                                || !ended.putAside().isEmpty()
                        ? RestoreReport.Outcome.PARTIAL
                        : RestoreReport.Outcome.COMPLETE;
        return new RestoreReport(
                outcome,
                id,
                counts[RestoredItem.Outcome.RESTORED.ordinal()],
                counts[RestoredItem.Outcome.ALREADY_THERE.ordinal()],
                counts[RestoredItem.Outcome.SKIPPED.ordinal()],
                failed,
                failures,
                ended.unreadable(),
                ended.putAside(),
                ended.remarks(),
                bytes,
                ended.duration());
    }
}
