// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import io.holdfast.identity.IdentityEvent;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.BreakerEvent;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The health of all tenants of a process. It is told what happens, and tells at once what that changes.
 *
 * <p>An aspect gets worse the moment its value passes a threshold, and better only after some time of calm. What changes by the mere passing of time
 * (the age of a snapshot, the end of a storm) is noticed by {@link #drive}, which somebody calls once a second. Safe for use by several threads.
 */
public final class HealthBoard {
    private final TimeSource time;
    private final Map<Aspect, Thresholds> thresholds;
    private final Duration rpo;
    private final Announcer<HealthEvent> events;
    private final Map<Scope, Tenant> tenants = new LinkedHashMap<>();

    private HealthBoard(Builder builder) {
        this.time = builder.time;
        this.thresholds = new EnumMap<>(builder.thresholds);
        this.rpo = builder.rpo;
        this.events = new Announcer<>(builder.listener);
    }

    /**
     * Starts a board.
     *
     * @param time what it goes by
     * @return a builder
     */
    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    /**
     * A request was answered, or lost.
     *
     * @param scope what it counted for
     * @param fate what became of it
     */
    public void request(Scope scope, RequestFate fate) {
        tell(scope, (tenant, at) -> {
            tenant.window.note(fate, at.nanos());
            tenant.lookAtRequests(at);
        });
    }

    /**
     * A tenant's newest snapshot; also to be told at the start, of what is known from before.
     *
     * @param scope the tenant
     * @param made when it was made
     */
    public void snapshot(Scope scope, Instant made) {
        tell(scope, (tenant, at) -> {
            tenant.snapshot = Optional.of(made);
            tenant.lookAtAge(at);
        });
    }

    /**
     * How much waits in a tenant's ledger.
     *
     * @param scope the tenant
     * @param waiting items that are not, or not wholly, stored; at least 0
     * @param items all items; at least 0
     */
    public void backlog(Scope scope, long waiting, long items) {
        if (waiting < 0 || items < 0) {
            throw new IllegalArgumentException(waiting + " of " + items + " items wait; neither can be negative");
        }
        double part = waiting == 0 ? 0 : Math.min(1, (double) waiting / Math.max(waiting, items));
        tell(scope, (tenant, at) -> tenant.update(Aspect.BACKLOG, part, at));
    }

    /**
     * How many calls a session has needed, while it runs and at its end.
     *
     * @param scope the tenant
     * @param calls the session's calls and changes so far
     * @param over whether the session is over; then it becomes part of the history
     * @return how many times more than usual it needs; 1 as long as there is no history
     */
    public double calls(Scope scope, SessionCalls calls, boolean over) {
        double[] times = {1};
        tell(scope, (tenant, at) -> {
            times[0] = tenant.history.comparedWithHistory(calls);
            tenant.update(Aspect.CALL_VOLUME, times[0], at);
            if (over) {
                tenant.history.add(calls);
            }
        });
        return times[0];
    }

    /**
     * What sessions of a tenant used to need, to be kept for later processes.
     *
     * @param scope the tenant
     * @return at most 1.3 KB; numbers and the names of modes, and nothing else
     */
    public synchronized byte[] callHistory(Scope scope) {
        Tenant tenant = tenants.get(keyOf(scope));
        return (tenant == null ? new CallHistory() : tenant.history).toBytes();
    }

    /**
     * Adds what earlier processes have kept of a tenant's calls.
     *
     * @param scope the tenant
     * @param form as {@link #callHistory} gave it; one that cannot be read counts as nothing
     */
    public void remember(Scope scope, byte[] form) {
        tell(scope, (tenant, at) -> tenant.history.addAll(form));
    }

    /**
     * An identity event; to be given to token sources as their listener.
     *
     * @param event the event
     */
    public void identity(IdentityEvent event) {
        Optional<Double> value = Tenant.identityValue(event.kind());
        value.ifPresent(v -> tell(event.application(), (tenant, at) -> tenant.identity(event.application(), v, at)));
    }

    /**
     * A breaker event; to be given to breakers as their listener. Those that stand before more than one tenant are left out.
     *
     * @param event the event
     */
    public void breaker(BreakerEvent event) {
        if (event.scope().at(ScopeLevel.TENANT).isPresent()) {
            tell(event.scope(), (tenant, at) -> tenant.breaker(event.scope(), event.state(), at));
        }
    }

    /** Notices what changed by the passing of time; to be called once a second. */
    public void drive() {
        synchronized (this) {
            At at = present();
            for (Tenant tenant : tenants.values()) {
                tenant.lookAtAge(at);
                tenant.lookAtRequests(at);
                tenant.settle(at);
            }
        }
        events.deliver();
    }

    /**
     * How a tenant fares.
     *
     * @param scope the tenant
     * @return its health; healthy and without aspects if nothing was told of it
     */
    public synchronized TenantHealth of(Scope scope) {
        Scope key = keyOf(scope);
        Tenant tenant = tenants.get(key);
        return tenant == null
                ? new TenantHealth(key, HealthLevel.HEALTHY, Map.of(), Optional.empty())
                : tenant.health();
    }

    /**
     * How all tenants fare of which anything was told.
     *
     * @return in the order in which they became known
     */
    public synchronized List<TenantHealth> all() {
        List<TenantHealth> all = new ArrayList<>();
        tenants.values().forEach(tenant -> all.add(tenant.health()));
        return all;
    }

    /**
     * Forgets a tenant, as when it leaves.
     *
     * @param scope the tenant
     */
    public synchronized void forget(Scope scope) {
        tenants.remove(keyOf(scope));
    }

    private void tell(Scope scope, Change change) {
        synchronized (this) {
            Tenant tenant =
                    tenants.computeIfAbsent(keyOf(scope), key -> new Tenant(key, thresholds, rpo, time.now(), events));
            change.apply(tenant, present());
        }
        events.deliver();
    }

    private At present() {
        return new At(time.nanos(), time.now());
    }

    /** Applications of one tenant are one tenant here. */
    private static Scope keyOf(Scope scope) {
        return scope.at(ScopeLevel.TENANT)
                .orElseThrow(
                        () -> new IllegalArgumentException(scope + " names no tenant; health is that of a tenant"));
    }

    private interface Change {
        void apply(Tenant tenant, At at);
    }

    /** One moment, by both clocks. */
    record At(long nanos, Instant now) {}

    /** Puts a board together; for one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final Map<Aspect, Thresholds> thresholds = new EnumMap<>(Aspect.class);
        private Duration rpo = Duration.ofHours(24);
        private Consumer<? super HealthEvent> listener = event -> {};

        private Builder(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
            for (Aspect aspect : Aspect.values()) {
                thresholds.put(aspect, Thresholds.of(aspect));
            }
        }

        /**
         * Sets when an aspect gets worse and better.
         *
         * @param aspect the aspect
         * @param values in its unit
         * @return this builder
         */
        public Builder thresholds(Aspect aspect, Thresholds values) {
            thresholds.put(aspect, Objects.requireNonNull(values));
            return this;
        }

        /**
         * Sets the recovery point objective; 24 hours by default.
         *
         * @param objective how old the newest snapshot may be, more than zero
         * @return this builder
         */
        public Builder rpo(Duration objective) {
            if (objective.isNegative() || objective.isZero()) {
                throw new IllegalArgumentException("rpo is " + objective + "; it must be more than zero");
            }
            this.rpo = objective;
            return this;
        }

        /**
         * Sets who hears of changes; nobody by default.
         *
         * @param hears hears of each, in order, one at a time; must not block
         * @return this builder
         */
        public Builder listener(Consumer<? super HealthEvent> hears) {
            this.listener = Objects.requireNonNull(hears);
            return this;
        }

        /**
         * Builds the board.
         *
         * @return a board that has nothing to close
         */
        public HealthBoard build() {
            return new HealthBoard(this);
        }
    }
}
