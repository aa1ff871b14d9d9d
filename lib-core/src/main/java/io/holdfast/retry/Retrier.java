// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import io.holdfast.error.HoldfastException;
import io.holdfast.error.RetryClass;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Runs operations under a policy: waits on the given time source, draws jitter from the given randomness, and counts the attempts of each
 * operation.
 *
 * <p>Safe for use by several threads. It must be the only thing that repeats an operation: retries at two levels multiply.
 */
public final class Retrier {
    private final RetryPolicy policy;
    private final TimeSource time;
    private final Randomness randomness;

    /**
     * A retrier.
     *
     * @param policy what decides
     * @param time what waits
     * @param randomness what jitter is drawn from
     */
    public Retrier(RetryPolicy policy, TimeSource time, Randomness randomness) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.time = Objects.requireNonNull(time, "time");
        this.randomness = Objects.requireNonNull(randomness, "randomness");
    }

    /**
     * Runs one operation until it succeeds or the policy gives up.
     *
     * @param <T> what it returns
     * @param attempt one attempt; may run several times
     * @return what the attempt that succeeded returned
     * @throws HoldfastException or {@link FailureException}: the error of the last attempt, as {@link Operation#failed} says
     */
    public <T> T call(Supplier<T> attempt) {
        Operation operation = begin();
        while (true) {
            try {
                return attempt.get();
            } catch (HoldfastException | FailureException e) {
                operation.failed(e);
            }
        }
    }

    /**
     * Starts an operation whose attempts the caller makes.
     *
     * @return its attempt counter and stop-watch
     */
    public Operation begin() {
        return begin((failure, delay) -> {});
    }

    /**
     * Starts an operation whose attempts the caller makes.
     *
     * @param beforeWaiting hears of each failure that is waited for, and for how long
     * @return its attempt counter and stop-watch
     */
    public Operation begin(BiConsumer<Failure, Duration> beforeWaiting) {
        return new Operation(beforeWaiting);
    }

    /**
     * What a policy is asked about an error.
     *
     * @param error the error
     * @return the failure that it carries or its code stands for, or empty if the error is permanent
     */
    public static Optional<Failure> failureOf(RuntimeException error) {
        if (error instanceof FailureException carrier) {
            return Optional.of(carrier.failure());
        }
        if (!(error instanceof HoldfastException known) || known.retryClass() == RetryClass.PERMANENT) {
            return Optional.empty();
        }
        FailureCategory category =
                known.retryClass() == RetryClass.RETRYABLE ? FailureCategory.TRANSIENT : FailureCategory.UNKNOWN;
        return Optional.of(Failure.of(category, known.code().id()));
    }

    /** The attempts of one operation; for one thread. */
    public final class Operation {
        private final long begun = time.nanos();
        private final BiConsumer<Failure, Duration> beforeWaiting;
        private int failures;

        private Operation(BiConsumer<Failure, Duration> beforeWaiting) {
            this.beforeWaiting = beforeWaiting;
        }

        /**
         * How many attempts have failed.
         *
         * @return the number
         */
        public int failures() {
            return failures;
        }

        /**
         * Takes note of a failed attempt and waits as the policy says; returns when it is time for another one.
         *
         * @param error how the attempt failed
         * @throws RuntimeException that very error, if the policy gives up, the error is permanent, or the thread is interrupted while it
         *     waits; its interrupt flag is set again then
         */
        public void failed(RuntimeException error) {
            failures++;
            Failure failure = failureOf(error).orElseThrow(() -> error);
            Duration elapsed = Duration.ofNanos(Math.max(0, time.nanos() - begun));
            RetryPolicy.Decision decision =
                    policy.decide(failure, new RetryPolicy.Progress(failures, elapsed, randomness.unit()));
            if (!(decision instanceof RetryPolicy.RetryAfter retry)) {
                throw error;
            }
            beforeWaiting.accept(failure, retry.delay());
            try {
                time.sleep(retry.delay());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw error;
            }
        }
    }
}
