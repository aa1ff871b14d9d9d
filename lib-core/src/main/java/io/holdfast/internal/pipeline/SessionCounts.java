// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a session did with each item that it handled; safe for use by several threads. */
public final class SessionCounts {
    private final LongAdder[] outcomes = adders(Outcome.values().length);
    private final LongAdder[] findings = adders(Finding.values().length);
    private final LongAdder audited = new LongAdder();
    private final LongAdder unaudited = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();

    SessionCounts() {}

    /** What became of one item. */
    public enum Outcome {
        /** Something of it was written. */
        STORED,
        /** Nothing of it was written. */
        UNCHANGED,
        /** It no longer exists, and the snapshot says so. */
        REMOVED,
        /** It vanished between listing and fetching. */
        GONE,
        /** The source refuses it for good. */
        SKIPPED,
        /** A part of it is missing. */
        DEGRADED,
        /** It is not stored, or only in an older version. */
        FAILED
    }

    /** What the auditor found that no feed had announced. */
    public enum Finding {
        /** An item that is not stored. */
        ADDED,
        /** An item that is stored in another state. */
        CHANGED,
        /** An item that is stored as one of another feed. */
        MOVED,
        /** A stored item that no longer exists. */
        REMOVED
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    void count(Outcome outcome) {
        outcomes[outcome.ordinal()].increment();
    }

    void found(Finding finding) {
        findings[finding.ordinal()].increment();
    }

    /** The auditor compared so many items of a listing with what is stored. */
    void audited(long items) {
        audited.add(items);
    }

    /** A listing for the auditor could not be read to its end. */
    void unaudited() {
        unaudited.increment();
    }

    void read(long bytes) {
        bytesRead.add(bytes);
    }

    /**
     * How many items had an outcome.
     *
     * @param outcome the outcome
     * @return the count
     */
    public long of(Outcome outcome) {
        return outcomes[outcome.ordinal()].sum();
    }

    /**
     * How many items the auditor found in a state that no feed had announced.
     *
     * @param finding what about them
     * @return the count
     */
    public long of(Finding finding) {
        return findings[finding.ordinal()].sum();
    }

    /**
     * How many items the auditor compared with what is stored.
     *
     * @return the count
     */
    public long audited() {
        return audited.sum();
    }

    /**
     * How many listings of the auditor could not be read to their end; they come up again when their turn does.
     *
     * @return the count
     */
    public long unauditedListings() {
        return unaudited.sum();
    }

    /**
     * How many items were handled: the sum over all outcomes.
     *
     * @return the count
     */
    public long handled() {
        long sum = 0;
        for (LongAdder each : outcomes) {
            sum += each.sum();
        }
        return sum;
    }

    /**
     * How many bytes of content were read from the source.
     *
     * @return bytes
     */
    public long bytesRead() {
        return bytesRead.sum();
    }

    Map<String, Long> byName() {
        Map<String, Long> map = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            map.put(outcome.name().toLowerCase(java.util.Locale.ROOT), of(outcome));
        }
        return map;
    }
}
