// SPDX-License-Identifier: Apache-2.0
package io.holdfast.observe;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Something that happened in a session. The family may grow in minor releases. */
public sealed interface SessionEvent {

    /**
     * What kind of event it is.
     *
     * @return the kind
     */
    Kind kind();

    /** The kinds of events. */
    enum Kind {
        /** See {@link SessionStarted}. */
        SESSION_STARTED,
        /** See {@link ResourceStarted}. */
        RESOURCE_STARTED,
        /** See {@link ResourceEnded}. */
        RESOURCE_ENDED,
        /** See {@link Progress}. */
        PROGRESS,
        /** See {@link Waiting}. */
        WAITING,
        /** See {@link ItemTrouble}. */
        ITEM_TROUBLE,
        /** See {@link Unannounced}. */
        UNANNOUNCED,
        /** See {@link Checkpointed}. */
        CHECKPOINTED,
        /** See {@link Committed}. */
        COMMITTED,
        /** See {@link SessionEnded}. */
        SESSION_ENDED
    }

    /**
     * The session holds its lease and begins to work.
     *
     * @param source the name of the source
     * @param resumed whether it continues an earlier session that was broken off
     * @param at when
     */
    record SessionStarted(String source, boolean resumed, Instant at) implements SessionEvent {
        /** Checks for null. */
        public SessionStarted {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public Kind kind() {
            return Kind.SESSION_STARTED;
        }
    }

    /**
     * Work on a resource begins.
     *
     * @param resource which
     */
    record ResourceStarted(ResourceId resource) implements SessionEvent {
        /** Checks for null. */
        public ResourceStarted {
            Objects.requireNonNull(resource, "resource");
        }

        @Override
        public Kind kind() {
            return Kind.RESOURCE_STARTED;
        }
    }

    /**
     * Work on a resource is over.
     *
     * @param resource which
     * @param caughtUp whether everything that its feeds had to tell was handled
     * @param detail why not, or empty
     */
    record ResourceEnded(ResourceId resource, boolean caughtUp, Optional<String> detail) implements SessionEvent {
        /** Checks for null. */
        public ResourceEnded {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public Kind kind() {
            return Kind.RESOURCE_ENDED;
        }
    }

    /**
     * How far the session is; merged when the listener is slow.
     *
     * @param items items handled so far
     * @param bytesRead bytes of content read so far
     * @param bytesStored bytes stored so far, after deduplication and compression
     * @param elapsed time since the session began
     */
    record Progress(long items, long bytesRead, long bytesStored, Duration elapsed) implements SessionEvent {
        /** Checks for null. */
        public Progress {
            Objects.requireNonNull(elapsed, "elapsed");
        }

        @Override
        public Kind kind() {
            return Kind.PROGRESS;
        }
    }

    /**
     * An operation waits before it is tried again.
     *
     * @param operation what waits
     * @param reason why
     * @param delay for how long
     */
    record Waiting(String operation, String reason, Duration delay) implements SessionEvent {
        /** Checks for null. */
        public Waiting {
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(delay, "delay");
        }

        @Override
        public Kind kind() {
            return Kind.WAITING;
        }
    }

    /**
     * An item, or a part of it, could not be stored; it is in the ledger now.
     *
     * @param resource the resource
     * @param item the item
     * @param cause a short stable name of the cause
     * @param code the raw code of the service; empty if it gave none
     */
    record ItemTrouble(ResourceId resource, ItemKey item, String cause, String code) implements SessionEvent {
        /** Checks for null. */
        public ItemTrouble {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(item, "item");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(code, "code");
        }

        @Override
        public Kind kind() {
            return Kind.ITEM_TROUBLE;
        }
    }

    /**
     * The auditor found an item in a state that no feed had announced; it is repaired, or in the ledger.
     *
     * @param resource the resource
     * @param item the item
     * @param what {@code added}, {@code changed}, {@code moved} or {@code removed}
     */
    record Unannounced(ResourceId resource, ItemKey item, String what) implements SessionEvent {
        /** Checks for null. */
        public Unannounced {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(item, "item");
            Objects.requireNonNull(what, "what");
        }

        @Override
        public Kind kind() {
            return Kind.UNANNOUNCED;
        }
    }

    /**
     * Everything done so far is durable; a later session would go on from here.
     *
     * @param number counts the checkpoints of the session, from 1
     */
    record Checkpointed(long number) implements SessionEvent {
        @Override
        public Kind kind() {
            return Kind.CHECKPOINTED;
        }
    }

    /**
     * The snapshot is committed.
     *
     * @param sequence its number
     * @param witness number and hash, to be kept by the host and given to verify
     * @param items how many items it holds
     * @param waiting how many items are not, or not wholly, stored, or stale, and wait in the ledger
     */
    record Committed(long sequence, String witness, long items, long waiting) implements SessionEvent {
        /** Checks for null. */
        public Committed {
            Objects.requireNonNull(witness, "witness");
        }

        @Override
        public Kind kind() {
            return Kind.COMMITTED;
        }
    }

    /**
     * The session is over; the last event.
     *
     * @param outcome how it ended, in one word
     */
    record SessionEnded(String outcome) implements SessionEvent {
        /** Checks for null. */
        public SessionEnded {
            Objects.requireNonNull(outcome, "outcome");
        }

        @Override
        public Kind kind() {
            return Kind.SESSION_ENDED;
        }
    }
}
