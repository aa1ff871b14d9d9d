// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import java.time.Duration;
import java.util.Objects;

/**
 * Decides, without side effects, whether a failed operation is tried again and after what time.
 *
 * <p>A policy never sleeps and draws no random number: the engine waits on the injected sleeper, and gives the random number
 * in. The same arguments give the same decision. Safe for use by several threads.
 */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * Decides about one failure.
     *
     * @param failure what happened
     * @param progress how often and how long the operation was tried
     * @return whether to go on
     */
    Decision decide(Failure failure, Progress progress);

    /**
     * How far an operation has come.
     *
     * @param attempt how many attempts have failed, at least 1
     * @param elapsed time since the first attempt began
     * @param random a number of at least 0.0 and below 1.0, fresh for each decision, for jitter
     */
    record Progress(int attempt, Duration elapsed, double random) {
        /** Checks the ranges. */
        public Progress {
            Objects.requireNonNull(elapsed, "elapsed");
            if (attempt < 1 || random < 0 || random >= 1 || elapsed.isNegative()) {
                throw new IllegalArgumentException(
                        "attempt " + attempt + ", elapsed " + elapsed + ", random " + random + " are out of range");
            }
        }
    }

    /** What a policy decided. */
    sealed interface Decision {}

    /**
     * Try again after a time.
     *
     * @param delay how long to wait, not negative, never shorter than what the other side asked for
     */
    record RetryAfter(Duration delay) implements Decision {
        /** Checks the delay. */
        public RetryAfter {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("delay is " + delay);
            }
        }
    }

    /**
     * Do not try again.
     *
     * @param reason why, for the report
     */
    record GiveUp(String reason) implements Decision {
        /** Checks for null. */
        public GiveUp {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Exponential back-off with full jitter, bounded in attempts and time.
     *
     * @return six attempts within ten minutes, from half a second to one minute apart
     */
    static RetryPolicy defaults() {
        return builder().build();
    }

    /**
     * No second attempt.
     *
     * @return a policy that always gives up
     */
    static RetryPolicy never() {
        return (failure, progress) -> new GiveUp("retries are off");
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    static BackoffBuilder builder() {
        return new BackoffBuilder();
    }
}
