// SPDX-License-Identifier: Apache-2.0
package io.holdfast.failsafe;

import dev.failsafe.ExecutionContext;
import dev.failsafe.function.CheckedRunnable;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/** What a delay function may ask about the attempt that failed. */
@SuppressWarnings("NullAway") // Failsafe expresses the absence of a result by null
record FailedAttempt<R>(FailureException error, RetryPolicy.Progress progress) implements ExecutionContext<R> {

    @Override
    public void onCancel(CheckedRunnable callback) {
        throw new UnsupportedOperationException("a decision cannot be cancelled");
    }

    @Override
    public Duration getElapsedTime() {
        return progress.elapsed();
    }

    @Override
    public Duration getElapsedAttemptTime() {
        return Duration.ZERO;
    }

    @Override
    public int getAttemptCount() {
        return progress.attempt();
    }

    @Override
    public int getExecutionCount() {
        return progress.attempt();
    }

    @Override
    @SuppressWarnings("unchecked") // the caller names the type that it expects, as Failsafe's interface wants it
    public <T extends Throwable> T getLastException() {
        return (T) error;
    }

    @Override
    public R getLastResult() {
        return null;
    }

    @Override
    public R getLastResult(R fallback) {
        return fallback;
    }

    @Override
    public Instant getStartTime() {
        return Instant.EPOCH;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean isFirstAttempt() {
        return progress.attempt() == 1;
    }

    @Override
    public boolean isRetry() {
        return progress.attempt() > 1;
    }
}
