// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.repository.LedgerWork;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.observe.SessionEvent;
import io.holdfast.repository.OpenFailure;
import io.holdfast.source.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the ledger of one resource by its schedule: next session, then after 4 hours, 1, 3 and 7 days, then weekly; safe for use by
 * several threads.
 */
final class ResourceLedger {
    private static final List<Duration> SCHEDULE =
            List.of(Duration.ZERO, Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7));

    private final SessionShared shared;
    private final LedgerWork work;

    ResourceLedger(SessionShared shared, LedgerWork work) {
        this.shared = shared;
        this.work = work;
    }

    LedgerWork work() {
        return work;
    }

    void open(ItemRef ref, OpenFailure.Condition condition, Trouble trouble, List<String> parts) {
        Instant now = shared.time().now();
        Optional<LedgerEntry> before = work.find(ref.key());
        int attempts = before.map(LedgerEntry::attempts).orElse(0) + 1;
        Instant since = before.map(LedgerEntry::since).orElse(now);
        work.put(new LedgerEntry(
                ref, condition, trouble.cause(), trouble.code(), parts, attempts, since, now.plus(delay(attempts))));
        shared.events.tell(new SessionEvent.ItemTrouble(ref.resource(), ref.key(), trouble.cause(), trouble.code()));
    }

    void close(ItemKey key) {
        work.close(key);
    }

    /** Whether an item that is in the ledger may be tried in this session; items that are not in it always may. */
    boolean mayTry(ItemKey key) {
        Optional<LedgerEntry> entry = work.find(key);
        return entry.isEmpty()
                || shared.plan.retryFailures()
                || !entry.get().due().isAfter(shared.time().now());
    }

    List<LedgerEntry> due() {
        return shared.plan.retryFailures()
                ? work.open()
                : work.due(shared.time().now());
    }

    static Duration delay(int attempts) {
        return SCHEDULE.get(Math.min(attempts, SCHEDULE.size()) - 1);
    }
}
