// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;

/**
 * The tokens of one rate limit; guarded by the lock of its pacer.
 *
 * <p>Whatever window the service counts in, fixed or sliding, no window of the limit's period sees more than the limit: what may be saved
 * up is taken off the rate at which tokens come. Small limits save up a single request, so that requests come evenly.
 */
final class Bucket {
    private static final long SMALL = 100;
    private static final long SAVED_PART = 100;
    private static final int MEASURES = 20;
    private static final Duration LONG = Duration.ofHours(1);

    private final Limit.Rate limit;
    private final double capacity;
    private final double fullRate;
    private final float[] granted = new float[MEASURES];
    private final long measureNanos;
    private double tokens;
    private long filledAt;
    private long measure;

    Bucket(Limit.Rate limit, double factor, long nowNanos) {
        this.limit = limit;
        double amount = Math.max(1, limit.amount() * factor);
        double period = limit.period().toNanos();
        this.capacity = amount <= SMALL ? 1 : amount / SAVED_PART;
        this.fullRate = (amount <= SMALL ? amount : amount - capacity) / period;
        this.measureNanos = Math.max(1, limit.period().toNanos() / MEASURES);
        this.tokens = capacity;
        this.filledAt = nowNanos;
        this.measure = Math.floorDiv(nowNanos, measureNanos);
    }

    /** How long until a cost fits, at a given part of the full rate; 0 if it fits now. */
    long waitNanos(long cost, double part, long nowNanos) {
        if (cost == 0) {
            return 0;
        }
        fill(part, nowNanos);
        // A cost over the capacity goes through when the bucket is full, and is paid off afterwards.
        double needed = Math.min(cost, capacity);
        if (tokens >= needed - 1e-6) {
            return 0;
        }
        return 1 + (long) Math.ceil((needed - tokens) / (fullRate * part));
    }

    void take(long cost) {
        tokens -= cost;
    }

    /** Corrects an estimate; a debt is paid off within one period at most. */
    void settle(long estimated, long actual) {
        tokens = Math.max(
                tokens - (actual - estimated), -fullRate * limit.period().toNanos());
        tokens = Math.min(tokens, capacity);
    }

    /** The service granted so much. */
    void granted(long amount, long nowNanos) {
        forgetMeasures(nowNanos);
        granted[(int) Math.floorMod(measure, (long) MEASURES)] += amount;
    }

    /** Which part of the limit was granted in the last period. */
    double grantedPart(long nowNanos) {
        forgetMeasures(nowNanos);
        double sum = 0;
        for (float each : granted) {
            sum += each;
        }
        // The oldest measure was begun up to one measure ago more than a period: only what is left of it counts as
        // time.
        double covered = (MEASURES - 1) * (double) measureNanos + (nowNanos - measure * measureNanos);
        return sum / limit.amount() * (limit.period().toNanos() / covered);
    }

    private void forgetMeasures(long nowNanos) {
        long current = Math.floorDiv(nowNanos, measureNanos);
        for (long each = Math.max(measure + 1, current - MEASURES + 1); each <= current; each++) {
            granted[(int) Math.floorMod(each, (long) MEASURES)] = 0;
        }
        measure = current;
    }

    /** Forgets what was saved up, so that no herd starts when a wait is over. */
    void empty(long nowNanos) {
        tokens = Math.min(tokens, 0);
        filledAt = nowNanos;
    }

    private void fill(double part, long nowNanos) {
        long elapsed = nowNanos - filledAt;
        if (elapsed > 0) {
            tokens = Math.min(capacity, tokens + elapsed * fullRate * part);
            filledAt = nowNanos;
        }
    }

    boolean isFull(long nowNanos) {
        fill(1, nowNanos);
        return tokens >= capacity - 1e-6;
    }

    Limit.Rate limit() {
        return limit;
    }

    /** Whether what is spent must be remembered beyond the life of a process. */
    boolean isLong() {
        return limit.period().compareTo(LONG) > 0;
    }

    double tokens(long nowNanos) {
        fill(1, nowNanos);
        return tokens;
    }

    /** Takes over what an earlier process had left, and what has come since. */
    void restore(double left, Duration ago, long nowNanos) {
        tokens = Math.min(capacity, left + ago.toNanos() * fullRate);
        filledAt = nowNanos;
    }
}
