// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import java.time.Duration;

/** Puts a back-off policy together; for one thread. Each setter checks its value at once. */
public final class BackoffBuilder {
    private int maxAttempts = 6;
    private Duration maxElapsed = Duration.ofMinutes(10);
    private Duration baseDelay = Duration.ofMillis(500);
    private Duration maxDelay = Duration.ofMinutes(1);

    BackoffBuilder() {}

    /**
     * Sets how often an operation is tried at most.
     *
     * @param attempts 1 to 100, the first attempt included
     * @return this builder
     */
    public BackoffBuilder maxAttempts(int attempts) {
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("maxAttempts is " + attempts + "; allowed are 1 to 100");
        }
        this.maxAttempts = attempts;
        return this;
    }

    /**
     * Sets after what time no further attempt begins.
     *
     * @param time more than zero
     * @return this builder
     */
    public BackoffBuilder maxElapsed(Duration time) {
        this.maxElapsed = positive("maxElapsed", time);
        return this;
    }

    /**
     * Sets the upper bound of the first delay; it doubles with each attempt.
     *
     * @param delay more than zero
     * @return this builder
     */
    public BackoffBuilder baseDelay(Duration delay) {
        this.baseDelay = positive("baseDelay", delay);
        return this;
    }

    /**
     * Sets the upper bound of all delays that the other side did not ask for.
     *
     * @param delay more than zero
     * @return this builder
     */
    public BackoffBuilder maxDelay(Duration delay) {
        this.maxDelay = positive("maxDelay", delay);
        return this;
    }

    /**
     * Builds the policy.
     *
     * @return an immutable policy
     * @throws IllegalArgumentException if the base delay is over the maximum
     */
    public RetryPolicy build() {
        if (baseDelay.compareTo(maxDelay) > 0) {
            throw new IllegalArgumentException("baseDelay " + baseDelay + " is over maxDelay " + maxDelay);
        }
        return new BackoffPolicy(maxAttempts, maxElapsed, baseDelay, maxDelay);
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be more than zero");
        }
        return value;
    }
}
