// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import java.time.Duration;

/** Exponential back-off with full jitter; what the other side asks for is never shortened. */
record BackoffPolicy(int maxAttempts, Duration maxElapsed, Duration baseDelay, Duration maxDelay)
        implements RetryPolicy {

    @Override
    public Decision decide(Failure failure, Progress progress) {
        if (!failure.category().isWorthRepeating()) {
            return new GiveUp(failure.category() + " is final");
        }
        if (progress.attempt() >= maxAttempts) {
            return new GiveUp("all " + maxAttempts + " attempts failed");
        }
        Duration delay = delay(failure, progress);
        if (progress.elapsed().plus(delay).compareTo(maxElapsed) > 0) {
            return new GiveUp("no attempt fits into " + maxElapsed);
        }
        return new RetryAfter(delay);
    }

    private Duration delay(Failure failure, Progress progress) {
        int doublings = Math.min(progress.attempt() - 1, 30);
        long cap = Math.min(maxDelay.toNanos(), saturated(baseDelay.toNanos(), doublings));
        Duration jittered = Duration.ofNanos((long) (cap * progress.random()));
        // Jitter goes on top of what was asked for: coming back early costs budget and is answered with the same
        // refusal.
        return failure.retryAfter().map(asked -> asked.plus(jittered)).orElse(jittered);
    }

    private static long saturated(long nanos, int doublings) {
        return nanos > Long.MAX_VALUE >> doublings ? Long.MAX_VALUE : nanos << doublings;
    }
}
