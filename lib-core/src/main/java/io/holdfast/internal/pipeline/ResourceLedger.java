// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.repository.LedgerWork;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.observe.SessionEvent;
import io.holdfast.repository.OpenFailure;
import io.holdfast.source.SourceItem;
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

    Optional<LedgerEntry> find(ItemKey key) {
        return work.find(key);
    }

    List<LedgerEntry> open() {
        return work.open();
    }

    /** What is still wrong with an item whose turn has not come, if the source names it in the very state in which it was tried last. */
    Optional<SessionCounts.Outcome> waiting(SourceItem item) {
        Optional<LedgerEntry> entry = work.find(item.key());
        if (entry.isEmpty() || shared.plan.retryFailures()) {
            return Optional.empty();
        }
        Optional<String> tried = entry.get().ref().stateTag();
        boolean sameState = tried.isPresent() && tried.equals(item.tags().state());
        boolean later = entry.get().due().isAfter(shared.time().now());
        return sameState && later ? Optional.of(outcome(entry.get().condition())) : Optional.empty();
    }

    /** How an item counts that is in the ledger in such a condition. */
    static SessionCounts.Outcome outcome(OpenFailure.Condition condition) {
        switch (condition) {
            case SKIPPED:
                return SessionCounts.Outcome.SKIPPED;
            case DEGRADED:
                return SessionCounts.Outcome.DEGRADED;
            default:
                return SessionCounts.Outcome.FAILED;
        }
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
