// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.model.ResourceId;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.source.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a backup session did; immutable.
 *
 * @param outcome how it ended
 * @param snapshot what was committed; empty when it was stopped early or nothing could be reached
 * @param resources what was in scope, protected or not
 * @param items what became of the items
 * @param audit what the auditor found
 * @param bytes how much was read and stored
 * @param requests calls to the source and to the store
 * @param failures the first open ledger entries, at most 1000; {@code Repository.failures} gives all
 * @param duration how long it took
 */
public record BackupReport(
        Outcome outcome,
        Optional<Snapshot> snapshot,
        Resources resources,
        Items items,
        Audit audit,
        Bytes bytes,
        Requests requests,
        List<OpenFailure> failures,
        Duration duration) {

    /** Copies the list and checks for null. */
    public BackupReport {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(snapshot, "snapshot");
        failures = List.copyOf(failures);
    }

    /** How a session ended. */
    public enum Outcome {
        /** Everything in scope is stored whole: no failed, degraded or stale item is open, every resource was caught up. */
        COMPLETE,
        /** Something is missing; failures and resources say what. */
        PARTIAL,
        /** It was asked to stop and did so at a checkpoint; the next session goes on from there. */
        STOPPED
    }

    /**
     * The coverage of a session.
     *
     * @param discovered what the source has
     * @param notCaughtUp what could not be brought up to date, and why
     */
    public record Resources(List<Resource> discovered, Map<ResourceId, String> notCaughtUp) {
        /** Copies list and map. */
        public Resources {
            discovered = List.copyOf(discovered);
            notCaughtUp = Map.copyOf(notCaughtUp);
        }

        /**
         * How many resources are protected.
         *
         * @return the count
         */
        public long protectedCount() {
            return discovered.stream().filter(r -> r.notCovered().isEmpty()).count();
        }
    }

    /**
     * What became of the items that the session handled; the first seven add up to {@code discovered}.
     *
     * @param discovered how many it handled
     * @param stored something of it was written
     * @param unchanged nothing of it was written
     * @param removed no longer there
     * @param gone vanished between listing and fetching
     * @param skipped refused for good
     * @param degraded a part is missing
     * @param failed not stored, or only in an older version
     * @param stale how many are open of which only an older version is stored
     * @param openFailures how many ledger entries are open after the session, skipped ones not counted
     */
    public record Items(
            long discovered,
            long stored,
            long unchanged,
            long removed,
            long gone,
            long skipped,
            long degraded,
            long failed,
            long stale,
            long openFailures) {}

    /**
     * What the auditor found: it lists a part of what is protected once more, and compares. What it found was repaired in the same session.
     *
     * @param compared how many items it compared with what is stored
     * @param added how many were not stored, though no feed had announced them
     * @param changed how many were stored in another state
     * @param moved how many were stored in another place
     * @param removed how many no longer existed
     * @param unread how many listings could not be read to their end; their turn comes again
     */
    public record Audit(long compared, long added, long changed, long moved, long removed, long unread) {
        /**
         * How many changes no feed had announced.
         *
         * @return the count
         */
        public long unannounced() {
            return added + changed + moved + removed;
        }
    }

    /**
     * How much was read and stored.
     *
     * @param read bytes of content read from the source
     * @param newPlain bytes of new chunks
     * @param newStored bytes put into the store
     */
    public record Bytes(long read, long newPlain, long newStored) {}

    /**
     * Calls that were made.
     *
     * @param total calls to the source
     * @param throttled calls that were refused for their number
     * @param byOperation calls to the source by operation
     * @param store calls to the store by verb
     */
    public record Requests(long total, long throttled, Map<String, Long> byOperation, Map<String, Long> store) {
        /** Copies the maps. */
        public Requests {
            byOperation = Map.copyOf(byOperation);
            store = Map.copyOf(store);
        }
    }
}
