// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import io.holdfast.drift.DriftEvent.Kind;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.TimeSource;
import java.nio.BufferUnderflowException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches what the services of one tenant answer, through one session, and tells each thing that was never seen before, once, with its place.
 *
 * <p>What the connector's schema describes is watched from the first answer on. An operation that neither the schema nor any earlier session knows is
 * learned in silence, and watched from the next session on. Safe for use by several threads.
 *
 * <p>What was seen is remembered as fingerprints, at most 10,000, from which neither names nor values can be read back. They have a form of bytes that a
 * repository keeps; losing it costs that things are told again.
 */
public final class DriftWatch {
    private final TimeSource time;
    private final AnswerSchema schema;
    private final Announcer<DriftEvent> events;
    private final Fingerprints seen;
    private final Set<String> learning = new HashSet<>();
    private boolean toldFull;

    private DriftWatch(Builder builder) {
        this.time = builder.time;
        this.schema = builder.schema;
        this.events = new Announcer<>(builder.listener);
        this.seen = builder.seen;
        this.toldFull = seen.isFull();
    }

    /**
     * Starts a watch.
     *
     * @param time what events are dated by
     * @return a builder
     */
    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    /**
     * A code was answered, in whatever form: a status, an error code, a reason.
     *
     * @param operation the fixed name of the operation
     * @param code the code
     */
    public void code(String operation, String code) {
        see(Sighting.code(operation, code), Kind.CODE, operation, "", code);
    }

    /**
     * A field that has one of a list of values has a value. Only for enumerations of the service: the value is told to the listener.
     *
     * @param operation the fixed name of the operation
     * @param path where in the answer; places in a list are written {@code []}
     * @param value the value
     */
    public void value(String operation, String path, String value) {
        see(Sighting.value(operation, path, value), Kind.VALUE, operation, path, value);
    }

    /**
     * A field is there.
     *
     * @param operation the fixed name of the operation
     * @param path where in the answer; places in a list, and names that people chose, are written {@code []}
     * @param type its type; empty if it is null
     */
    public void field(String operation, String path, Optional<FieldType> type) {
        boolean fresh = see(Sighting.field(operation, path), Kind.FIELD, operation, path, "");
        if (type.isPresent()) {
            long fingerprint = Sighting.type(operation, path, type.get());
            if (fresh) {
                // A field that is new has a type that is new: that is told already.
                remember(fingerprint);
            } else {
                see(fingerprint, Kind.TYPE, operation, path, type.get().name());
            }
        }
    }

    /**
     * What was seen, to be kept for the next session.
     *
     * @return at most 44,200 bytes, four to five for each thing
     */
    public synchronized byte[] toBytes() {
        return seen.toBytes();
    }

    /** How many things are remembered. */
    synchronized int size() {
        return seen.size();
    }

    private synchronized void remember(long fingerprint) {
        seen.add(fingerprint);
    }

    /** True if it was never seen. */
    private boolean see(long fingerprint, Kind kind, String operation, String path, String what) {
        synchronized (this) {
            if (seen.contains(fingerprint) || schema.contains(fingerprint)) {
                return false;
            }
            boolean tell = isWatched(operation);
            if (seen.add(fingerprint)) {
                if (tell) {
                    events.add(new DriftEvent(kind, operation, path, what, time.now()));
                }
            } else if (!toldFull) {
                toldFull = true;
                events.add(new DriftEvent(Kind.FULL, operation, "", "", time.now()));
            }
        }
        events.deliver();
        return true;
    }

    private boolean isWatched(String operation) {
        if (schema.describes(operation)) {
            return true;
        }
        if (learning.contains(operation)) {
            return false;
        }
        if (seen.add(Sighting.operation(operation))) {
            learning.add(operation);
            return false;
        }
        return true;
    }

    /** Puts a watch together; for one thread. */
    public static final class Builder {
        private final TimeSource time;
        private AnswerSchema schema = AnswerSchema.none();
        private Fingerprints seen = new Fingerprints();
        private Consumer<? super DriftEvent> listener = event -> {};

        private Builder(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
        }

        /**
         * Sets what the service says of its answers; nothing by default.
         *
         * @param published the schema that ships with the connector
         * @return this builder
         */
        public Builder schema(AnswerSchema published) {
            this.schema = Objects.requireNonNull(published);
            return this;
        }

        /**
         * Adds what earlier sessions have seen; may be called for several. A form that cannot be read counts as nothing.
         *
         * @param form as {@link DriftWatch#toBytes} gave it
         * @return this builder
         */
        public Builder remembering(byte[] form) {
            Fingerprints all = new Fingerprints();
            all.addAll(seen);
            try {
                all.addAll(Fingerprints.read(form));
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                return this;
            }
            this.seen = all;
            return this;
        }

        /**
         * Sets who hears of what is new; nobody by default.
         *
         * @param hears hears of each, in order, one at a time; must not block
         * @return this builder
         */
        public Builder listener(Consumer<? super DriftEvent> hears) {
            this.listener = Objects.requireNonNull(hears);
            return this;
        }

        /**
         * Builds the watch, for one session.
         *
         * @return the watch
         */
        public DriftWatch build() {
            Fingerprints own = new Fingerprints();
            own.addAll(seen);
            seen = own;
            return new DriftWatch(this);
        }
    }
}
