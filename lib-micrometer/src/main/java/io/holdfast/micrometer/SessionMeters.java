// SPDX-License-Identifier: Apache-2.0
package io.holdfast.micrometer;

import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The meters of all sessions. */
final class SessionMeters {
    private final MeterRegistry registry;
    private final TagValues causes = new TagValues();
    private final TagValues outcomes = new TagValues();
    private final AtomicInteger active = new AtomicInteger();
    private final Counter items;
    private final Counter read;
    private final Counter stored;
    private final Counter checkpoints;
    private final Timer waits;

    SessionMeters(MeterRegistry registry) {
        this.registry = registry;
        this.items = Counters.of(registry, "holdfast.session.items", "items", Tags.empty());
        this.read = Counters.of(registry, "holdfast.session.transferred", "bytes", Tags.of("direction", "read"));
        this.stored = Counters.of(registry, "holdfast.session.transferred", "bytes", Tags.of("direction", "stored"));
        this.checkpoints = Counters.of(registry, "holdfast.session.checkpoints", "checkpoints", Tags.empty());
        this.waits = Timer.builder("holdfast.session.waits")
                .description("Waits before an operation is tried again")
                .register(registry);
        Gauge.builder("holdfast.sessions.active", active, AtomicInteger::get)
                .baseUnit("sessions")
                .description("Sessions that run")
                .strongReference(true)
                .register(registry);
    }

    SessionListener listener() {
        return new Listener();
    }

    /** Of one session; events come one at a time. */
    private final class Listener implements SessionListener {
        private long itemsSoFar;
        private long readSoFar;
        private long storedSoFar;
        private Timer.@Nullable Sample sample;

        @Override
        public void onEvent(SessionEvent event) {
            if (event instanceof SessionEvent.SessionStarted) {
                sample = Timer.start(registry);
                active.incrementAndGet();
            } else if (event instanceof SessionEvent.Progress progress) {
                progress(progress);
            } else if (event instanceof SessionEvent.Waiting waiting) {
                waits.record(waiting.delay());
            } else if (event instanceof SessionEvent.ItemTrouble trouble) {
                Tags cause = Tags.of("cause", causes.of(trouble.cause()));
                Counters.of(registry, "holdfast.session.troubles", "items", cause)
                        .increment();
            } else if (event instanceof SessionEvent.Checkpointed) {
                checkpoints.increment();
            } else if (event instanceof SessionEvent.SessionEnded ended) {
                end(ended.outcome());
            }
        }

        /** Progress is told as totals of the session. */
        private void progress(SessionEvent.Progress progress) {
            items.increment(Math.max(0, progress.items() - itemsSoFar));
            read.increment(Math.max(0, progress.bytesRead() - readSoFar));
            stored.increment(Math.max(0, progress.bytesStored() - storedSoFar));
            itemsSoFar = Math.max(itemsSoFar, progress.items());
            readSoFar = Math.max(readSoFar, progress.bytesRead());
            storedSoFar = Math.max(storedSoFar, progress.bytesStored());
        }

        private void end(String outcome) {
            Timer.Sample started = sample;
            if (started != null) {
                sample = null;
                active.decrementAndGet();
                long unused = started.stop(Timer.builder("holdfast.sessions")
                        .description("Sessions that have ended, and how long they took")
                        .tag("outcome", outcomes.of(outcome))
                        .register(registry));
            }
        }
    }
}
