// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.repository.SessionWork;
import io.holdfast.observe.SessionEvent;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.Retrier;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one backup session share; safe for use by several threads.
 *
 * <p>Holds the first fatal error: whoever meets it stops, and the session ends with it.
 */
final class SessionShared {
    private static final Duration PROGRESS_EVERY = Duration.ofMillis(250);

    final BackupPlan plan;
    final Source source;
    final SessionWork work;
    final SessionCounts counts = new SessionCounts();
    final RequestCounts requests = new RequestCounts();
    final EventQueue events;
    private final StopSwitch stop;
    private final Retrier retrier;
    private final FirstError fatal = new FirstError();
    private final AtomicReference<@Nullable FailureException> rejected = new AtomicReference<>();
    private final long startedNanos;
    private volatile long toldNanos;

    SessionShared(BackupPlan plan, Source source, SessionWork work, EventQueue events, StopSwitch stop) {
        this.plan = plan;
        this.source = new GuardedSource(source);
        this.work = work;
        this.events = events;
        this.stop = stop;
        this.retrier =
                new Retrier(plan.policy(), plan.runtime().time(), plan.runtime().randomness());
        this.startedNanos = plan.runtime().time().nanos();
        this.toldNanos = startedNanos;
    }

    TimeSource time() {
        return plan.runtime().time();
    }

    Duration elapsed() {
        return Duration.ofNanos(time().nanos() - startedNanos);
    }

    /** Remembers an error that ends the session; the first one counts. */
    void fail(Throwable error) {
        fatal.set(error);
    }

    /** Throws if the session has to end, be it by an error or by a wish. */
    void proceed() {
        fatal.throwIfSet();
        if (stop.isSet() || Thread.currentThread().isInterrupted()) {
            throw stopped();
        }
        tellProgress();
    }

    private void tellProgress() {
        long now = time().nanos();
        if (now - toldNanos >= PROGRESS_EVERY.toNanos()) {
            toldNanos = now;
            work.beat();
            events.tell(new SessionEvent.Progress(
                    counts.handled(), counts.bytesRead(), work.volume().newStoredBytes(), elapsed()));
        }
    }

    /**
     * Runs an operation, again and again as the policy says: the engine's one retry level for the source.
     *
     * @throws FailureException the last failure, when the policy gives up
     */
    <T> T retrying(String operation, Attempt<T> attempt) {
        Retrier.Operation attempts = retrier.begin((failure, delay) -> events.tell(
                new SessionEvent.Waiting(operation, failure.category().name(), delay)));
        while (true) {
            proceed();
            requireAdmitted();
            FailureException failed;
            try {
                T result = attempt.run();
                requests.succeeded(operation);
                return result;
            } catch (FailureException e) {
                failed = e;
            } catch (UncheckedIOException | IOException e) {
                failed = new FailureException(
                        Failure.of(FailureCategory.TRANSIENT, ""), String.valueOf(e.getMessage()), e);
            }
            requests.failed(operation, failed.failure());
            if (failed.failure().category() == FailureCategory.CREDENTIAL_REJECTED) {
                rejected.compareAndSet(null, failed);
            }
            waitOrStop(attempts, failed);
        }
    }

    /** Once the credential was refused nothing more is sent: asking again and again gets it locked. */
    void requireAdmitted() {
        FailureException refusal = rejected.get();
        if (refusal != null) {
            throw refusal;
        }
    }

    /** An interrupt while waiting is the wish to stop, not a failure of the item. */
    static void waitOrStop(Retrier.Operation attempts, FailureException failed) {
        try {
            attempts.failed(failed);
        } catch (FailureException last) {
            if (Thread.currentThread().isInterrupted()) {
                throw stopped();
            }
            throw last;
        }
    }

    /** One attempt of an operation. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /** The session was asked to stop: not an error, the way out to an orderly end. */
    static CancellationException stopped() {
        return new CancellationException("the session was asked to stop");
    }
}
