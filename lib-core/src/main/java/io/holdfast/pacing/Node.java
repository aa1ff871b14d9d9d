// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The state of one scope that has limits or was told to wait; guarded by the lock of its pacer. */
final class Node {
    static final long NEVER = Long.MAX_VALUE;
    private static final int RESTORES_IN_A_ROW = 9;
    private static final Duration LEARNED_PERIOD = Duration.ofMinutes(1);
    private static final long SHORTEST_MEASURE = 1_000_000_000L;
    private static final long GROW_EVERY = Duration.ofMinutes(5).toNanos();

    private static final Comparator<Waiter> BY_LANE =
            Comparator.<Waiter>comparingDouble(w -> w.laneTag).thenComparingLong(w -> w.order);
    private static final Comparator<Waiter> BY_TENANT =
            Comparator.<Waiter>comparingDouble(w -> w.tenantTag).thenComparing(BY_LANE);

    final Scope scope;
    private final List<Bucket> buckets;
    private final int slots;
    private final AdaptiveRate rate = new AdaptiveRate();
    private @Nullable PriorityQueue<Waiter> restores;
    private @Nullable PriorityQueue<Waiter> backups;
    private int restoresInARow;
    private int inUse;
    private boolean learned;
    private long learnedAt;
    private long served;
    private long servedSince;
    private double share = 1;
    private boolean needsProbe;
    private @Nullable Permit probe;
    private int silentThrottles;
    long fencedUntil;
    long wakeAt = NEVER;
    long usedAt;
    long sharedAt;

    Node(Scope scope, List<Limit> limits, double factor, long now) {
        this.scope = scope;
        this.buckets = new ArrayList<>(limits.size());
        int most = 0;
        for (Limit limit : limits) {
            if (limit instanceof Limit.Rate each) {
                buckets.add(new Bucket(each, factor, now));
            } else if (limit instanceof Limit.Slots each) {
                most = most == 0 ? each.count() : Math.min(most, each.count());
            }
        }
        this.slots = most;
        this.fencedUntil = now;
        this.usedAt = now;
        this.servedSince = now;
        this.sharedAt = now - Duration.ofDays(1).toNanos();
    }

    /** When a request may go, as far as this scope is concerned: {@code now} or earlier if at once, {@link #NEVER} if something must happen first. */
    long openAt(Waiter waiter, long now) {
        if (fencedUntil > now) {
            return fencedUntil;
        }
        if (needsProbe && probe != null) {
            return NEVER;
        }
        int wanted = waiter.cost().slots();
        if (slots > 0 && inUse > 0 && inUse + wanted > shareOf(slots)) {
            return NEVER;
        }
        double part = rate.part(now) * share;
        long wait = 0;
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            wait = Math.max(
                    wait, bucket.waitNanos(waiter.cost().of(bucket.limit().meter()), part, now));
        }
        return now + wait;
    }

    private int shareOf(int whole) {
        return Math.max(1, (int) (whole * share));
    }

    void take(Permit permit, Cost cost, long now) {
        usedAt = now;
        inUse += cost.slots();
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            bucket.take(cost.of(bucket.limit().meter()));
        }
        if (needsProbe && probe == null) {
            probe = permit;
        }
        growLearned(now);
    }

    void release(Cost cost) {
        inUse -= cost.slots();
    }

    /** The service worked on a request; true if that lets others go on. */
    boolean served(Permit permit, Cost estimated, Cost actual, long now) {
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            Meter meter = bucket.limit().meter();
            bucket.settle(estimated.of(meter), actual.of(meter));
            bucket.granted(actual.of(meter), now);
        }
        served += actual.requests();
        silentThrottles = 0;
        if (probe != permit) {
            return false;
        }
        probe = null;
        needsProbe = false;
        buckets.forEach(bucket -> bucket.empty(now));
        return true;
    }

    /** Nobody knows what became of a request; true if another one may try in its place. */
    boolean lost(Permit permit) {
        if (probe != permit) {
            return false;
        }
        probe = null;
        return true;
    }

    /** The service refused; the wait that counts is the longest. */
    void throttled(long until, long now) {
        fencedUntil = Math.max(fencedUntil, until);
        needsProbe = true;
        probe = null;
        double granted = granted(now);
        learn(now);
        rate.throttled(now, granted, fencedUntil);
        served = 0;
        servedSince = fencedUntil;
    }

    /** Which part of the limits was granted lately: of the limit that was used most. */
    private double granted(long now) {
        double most = Double.NaN;
        for (Bucket bucket : buckets) {
            double part = bucket.grantedPart(now);
            most = Double.isNaN(most) ? part : Math.max(most, part);
        }
        return most;
    }

    /** Where no limit is published, what was granted between two refusals is taken for one. */
    private void learn(long now) {
        if (buckets.isEmpty() && served > 0) {
            double perNano = (double) served / Math.max(SHORTEST_MEASURE, now - servedSince);
            learn((long) (perNano * LEARNED_PERIOD.toNanos()), now);
            learned = true;
        }
    }

    private void learn(long amount, long now) {
        buckets.clear();
        buckets.add(new Bucket(new Limit.Rate(Meter.REQUESTS, Math.max(1, amount), LEARNED_PERIOD), 1, now));
        learnedAt = now;
    }

    /** When nothing was refused for long, there may be more to be had than was learned. */
    private void growLearned(long now) {
        if (learned && rate.isWhole() && now - learnedAt >= GROW_EVERY) {
            long amount = buckets.get(0).limit().amount();
            learn(amount + Math.max(1, amount / 4), now);
        }
    }

    /** How often in a row the service refused without saying for how long, this time included. */
    int silentThrottle() {
        return ++silentThrottles;
    }

    void warned(long now) {
        rate.warned(now);
    }

    void fence(long until) {
        fencedUntil = Math.max(fencedUntil, until);
    }

    void share(double part, long now) {
        share = part;
        sharedAt = now;
    }

    /** The last answer holds until the next time. */
    void retryShareAt(long now) {
        sharedAt = now;
    }

    boolean hasBuckets() {
        return !buckets.isEmpty();
    }

    boolean isFencedAt(long now) {
        return fencedUntil > now;
    }

    List<Bucket> buckets() {
        return buckets;
    }

    boolean hasWaiting() {
        return isFilled(restores) || isFilled(backups);
    }

    private static boolean isFilled(@Nullable PriorityQueue<Waiter> queue) {
        return queue != null && !queue.isEmpty();
    }

    void await(Waiter waiter) {
        queueOf(waiter.priority()).add(waiter);
        waiter.blockedAt = this;
    }

    void leave(Waiter waiter) {
        queueOf(waiter.priority()).remove(waiter);
        waiter.blockedAt = null;
    }

    private PriorityQueue<Waiter> queueOf(Priority priority) {
        Comparator<Waiter> order = scope.level().compareTo(ScopeLevel.TENANT) < 0 ? BY_TENANT : BY_LANE;
        if (priority == Priority.RESTORE) {
            if (restores == null) {
                restores = new PriorityQueue<>(order);
            }
            return restores;
        }
        if (backups == null) {
            backups = new PriorityQueue<>(order);
        }
        return backups;
    }

    /** Takes the one whose turn it is: restores first, but nine in a row at most while others wait. */
    @Nullable
    Waiter next() {
        boolean restore = isFilled(restores) && (restoresInARow < RESTORES_IN_A_ROW || !isFilled(backups));
        PriorityQueue<Waiter> from = restore ? restores : backups;
        Waiter next = from == null ? null : from.poll();
        if (next != null) {
            next.blockedAt = null;
        }
        return next;
    }

    void admittedFromQueue(Priority priority) {
        restoresInARow = priority == Priority.RESTORE ? restoresInARow + 1 : 0;
    }

    /** Whether forgetting this scope changes nothing. */
    boolean isForgettable(long now) {
        return !hasWaiting()
                && inUse == 0
                && !isFencedAt(now)
                && probe == null
                && rate.isWhole()
                && buckets.stream().allMatch(bucket -> bucket.isFull(now));
    }
}
