// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests to services: each when every budget on the path of its scope has room and no wait is in force there, and in an order that is
 * fair among tenants and their resources.
 *
 * <p>One for all tenants of a process, so that they share what they have in common and nothing else. Safe for use by several threads. Waiting takes
 * no slot and no budget; all that a request needs is taken at once. Restores go before backups, which keep a tenth at least.
 */
public final class Pacer {
    /** How long a request waits by default before its work is better put aside. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(15);

    private final TimeSource time;
    private final Scopes scopes;
    private final Admissions admissions;
    private final SpendingLedger ledger = new SpendingLedger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private Pacer(Builder builder) {
        this.time = builder.time;
        this.scopes = new Scopes(builder.profile, builder.sharing, builder.time);
        this.admissions = new Admissions(scopes, builder.randomness, builder.weights);
        this.scopes.restore(builder.saved);
    }

    /**
     * Starts a pacer.
     *
     * @param time what limits and waits go by
     * @param randomness what waits are spread by
     * @return a builder
     */
    public static Builder builder(TimeSource time, Randomness randomness) {
        return new Builder(time, randomness);
    }

    /**
     * Waits until a request may be sent.
     *
     * @param request the request
     * @param patience how long to wait at most
     * @return the permit, or where and until when it would have to wait
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was taken then
     */
    public Admission admit(PacedRequest request, Duration patience) throws InterruptedException {
        Waiter waiter = enqueue(request, admission -> {});
        long deadline = waiter.since + patience.toNanos();
        boolean done = false;
        try {
            Optional<Admission> answer = Optional.empty();
            while (answer.isEmpty()) {
                answer = awaitChange(waiter, deadline);
                deliver();
            }
            done = true;
            return answer.get();
        } finally {
            if (!done) {
                giveUp(waiter);
            }
        }
    }

    /**
     * Asks without waiting; who is told later is told by a thread that uses this pacer, or by {@link #drive}.
     *
     * @param request the request
     * @param patience how long to wait at most
     * @param taker takes the answer, once; must not block
     */
    public void offer(PacedRequest request, Duration patience, Consumer<Admission> taker) {
        Waiter waiter = enqueue(request, taker);
        Optional<Admission> parked = Optional.empty();
        lock.lock();
        try {
            if (waiter.state == Waiter.State.WAITING) {
                parked = parkedIfTooLong(waiter, time.nanos() + patience.toNanos());
            }
        } finally {
            lock.unlock();
        }
        deliver();
        parked.ifPresent(taker);
    }

    /**
     * Lets everybody go whose time has come.
     *
     * @return after what time it should be called again; empty if nobody waits for time to pass
     */
    public Optional<Duration> drive() {
        long next;
        long now = time.nanos();
        lock.lock();
        try {
            admissions.drive(now);
            next = admissions.nextChange();
        } finally {
            lock.unlock();
        }
        deliver();
        return next == Node.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, next - now)));
    }

    /**
     * Adds the limits that a connector brings along: those of pools, and of levels above all pools, of which this pacer knows none yet. What a host has
     * set stays. To be called before the first request that counts for them; may be called again.
     *
     * @param published the limits of one service
     */
    public void adopt(PacingProfile published) {
        lock.lock();
        try {
            scopes.adopt(published);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Predicts what requests cost and how long they take, as if nobody else sent any; sends nothing.
     *
     * @param work the planned requests
     * @param parallelism how many of them are sent at once at most, at least 1
     * @return the forecast
     */
    public Forecast forecast(List<PlannedWork> work, int parallelism) {
        lock.lock();
        try {
            return Forecast.of(scopes.profile(), work, parallelism);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was spent, by tenant, pool and operation.
     *
     * @return in no particular order
     */
    public List<Spending> spending() {
        lock.lock();
        try {
            return ledger.list();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is left of budgets whose period is longer than an hour; a later process gives it to its own pacer.
     *
     * @return the budgets that something was spent of
     */
    public List<SavedBudget> save() {
        lock.lock();
        try {
            return scopes.save(time.nanos());
        } finally {
            lock.unlock();
        }
    }

    /** How many scopes are remembered. */
    int scopeCount() {
        lock.lock();
        try {
            return scopes.size();
        } finally {
            lock.unlock();
        }
    }

    private Waiter enqueue(PacedRequest request, Consumer<Admission> taker) {
        Waiter waiter;
        lock.lock();
        try {
            long now = time.nanos();
            admissions.drive(now);
            waiter = admissions.enqueue(new Permit(this, request), taker, now);
        } finally {
            lock.unlock();
        }
        deliver();
        return waiter;
    }

    /** Waits a while; gives the answer if there is one. */
    private Optional<Admission> awaitChange(Waiter waiter, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            admissions.drive(time.nanos());
            if (waiter.state == Waiter.State.ADMITTED) {
                return Optional.of(new Admission.Admitted(waiter.permit));
            }
            Optional<Admission> parked = parkedIfTooLong(waiter, deadline);
            if (parked.isEmpty()) {
                awaitChange(admissions.nextChange(), deadline);
            }
            return parked;
        } finally {
            lock.unlock();
        }
    }

    /** What holds everybody up is a time, or what others have out: that comes back when they are done, not at a time. */
    private void awaitChange(long next, long deadline) throws InterruptedException {
        Duration most = Duration.ofNanos(Math.max(1, Math.min(next, deadline) - time.nanos()));
        if (next == Node.NEVER) {
            time.awaitOthers(changed, most);
        } else {
            time.awaitSignal(changed, most);
        }
    }

    private Optional<Admission> parkedIfTooLong(Waiter waiter, long deadline) {
        long now = time.nanos();
        Admissions.@Nullable Hold hold = admissions.holdOf(waiter, now);
        long until = hold == null || hold.until() == Node.NEVER ? now : hold.until();
        if (until <= deadline && now < deadline) {
            return Optional.empty();
        }
        Scope scope = hold == null ? waiter.scope() : hold.node().scope;
        admissions.cancel(waiter, now);
        return Optional.of(new Admission.Parked(scope, time.now().plusNanos(Math.max(0, until - now))));
    }

    private void giveUp(Waiter waiter) {
        lock.lock();
        try {
            if (waiter.state == Waiter.State.WAITING) {
                admissions.cancel(waiter, time.nanos());
            }
        } finally {
            lock.unlock();
        }
        deliver();
        // The permit may have come just before the interrupt: it goes back unused.
        if (waiter.state == Waiter.State.ADMITTED) {
            waiter.permit.close();
        }
    }

    void answered(Permit permit, Answer answer) {
        lock.lock();
        try {
            long now = time.nanos();
            if (answer instanceof Answer.Served served) {
                ledger.spent(permit.request(), served.actual());
                admissions.served(permit, served, now);
            } else if (answer instanceof Answer.Throttled throttled) {
                ledger.spent(permit.request(), permit.request().cost());
                ledger.throttled(permit.request());
                scopes.announceFence(
                        admissions.throttled(permit, throttled, now).node(), now);
            } else {
                ledger.spent(permit.request(), permit.request().cost());
                admissions.lost(permit, now);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        deliver();
    }

    void released(Permit permit) {
        lock.lock();
        try {
            admissions.released(permit, time.nanos());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        deliver();
    }

    /** Hands permits out, outside of the lock: takers may use the pacer themselves. */
    private void deliver() {
        List<Waiter> admitted;
        lock.lock();
        try {
            admitted = admissions.takeAdmitted();
            long now = time.nanos();
            admitted.forEach(waiter -> ledger.waited(waiter.permit.request(), now - waiter.since));
            if (!admitted.isEmpty()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        admitted.forEach(waiter -> waiter.taker.accept(new Admission.Admitted(waiter.permit)));
    }

    /** Puts a pacer together; for one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final Randomness randomness;
        private PacingProfile profile = PacingProfile.unlimited();
        private BudgetSharing sharing = BudgetSharing.alone();
        private ToDoubleFunction<Scope> weights = tenant -> 1;
        private List<SavedBudget> saved = List.of();

        private Builder(TimeSource time, Randomness randomness) {
            this.time = Objects.requireNonNull(time, "time");
            this.randomness = Objects.requireNonNull(randomness, "randomness");
        }

        /**
         * Sets the limits; none by default.
         *
         * @param limits the limits of all services that are called
         * @return this builder
         */
        public Builder profile(PacingProfile limits) {
            this.profile = Objects.requireNonNull(limits);
            return this;
        }

        /**
         * Sets with whom budgets are shared; this process alone by default.
         *
         * @param budgetSharing the line to the other workers
         * @return this builder
         */
        public Builder sharing(BudgetSharing budgetSharing) {
            this.sharing = Objects.requireNonNull(budgetSharing);
            return this;
        }

        /**
         * Sets how much of what tenants have in common each of them gets; the same for all by default.
         *
         * @param weight gives the weight of a tenant's scope, more than zero
         * @return this builder
         */
        public Builder weights(ToDoubleFunction<Scope> weight) {
            this.weights = Objects.requireNonNull(weight);
            return this;
        }

        /**
         * Sets what an earlier process had left of its long budgets.
         *
         * @param budgets from {@link Pacer#save}
         * @return this builder
         */
        public Builder restoring(List<SavedBudget> budgets) {
            this.saved = List.copyOf(budgets);
            return this;
        }

        /**
         * Builds the pacer.
         *
         * @return a pacer that has nothing to close
         */
        public Pacer build() {
            return new Pacer(this);
        }
    }
}
