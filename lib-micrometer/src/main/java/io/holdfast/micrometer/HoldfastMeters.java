// SPDX-License-Identifier: Apache-2.0
package io.holdfast.micrometer;

import io.holdfast.diagnosis.Cause;
import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.drift.DriftEvent;
import io.holdfast.exchange.ExchangeRecord;
import io.holdfast.health.HealthBoard;
import io.holdfast.health.HealthEvent;
import io.holdfast.health.HealthLevel;
import io.holdfast.identity.IdentityEvent;
import io.holdfast.observe.SessionListener;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.BreakerEvent;
import io.holdfast.services.ServiceListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Binds what Holdfast does to meters: the requests that were spent, breakers, identity, health, drift and sessions.
 *
 * <p>One for a process, given to {@code Services.builder(runtime).listener(meters)}. Safe for use by several
 * threads. All names begin with {@code holdfast.}; tags have few values: no tenant, no resource, no item is ever among them, and of what comes from
 * outside (operations, causes) only the first hundred values are kept apart, and the others are called {@code other}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind, unit</th><th>tags</th></tr>
 * <tr><td>{@code holdfast.requests}</td><td>counter, requests</td><td>provider, pool, operation</td></tr>
 * <tr><td>{@code holdfast.requests.throttled}</td><td>counter, requests</td><td>provider, pool, operation</td></tr>
 * <tr><td>{@code holdfast.requests.units}</td><td>counter, units</td><td>provider, pool, operation</td></tr>
 * <tr><td>{@code holdfast.requests.transferred}</td><td>counter, bytes</td><td>provider, pool, operation, direction</td></tr>
 * <tr><td>{@code holdfast.requests.waited}</td><td>counter, seconds</td><td>provider, pool, operation</td></tr>
 * <tr><td>{@code holdfast.exchanges}</td><td>timer, to the first byte</td><td>provider, pool, operation, outcome</td></tr>
 * <tr><td>{@code holdfast.diagnoses}</td><td>counter, causes</td><td>provider, layer</td></tr>
 * <tr><td>{@code holdfast.breaker.transitions}</td><td>counter, transitions</td><td>provider, pool, state</td></tr>
 * <tr><td>{@code holdfast.breakers}</td><td>gauge, breakers</td><td>state</td></tr>
 * <tr><td>{@code holdfast.identity.events}</td><td>counter, events</td><td>provider, kind</td></tr>
 * <tr><td>{@code holdfast.tenants}</td><td>gauge, tenants</td><td>level</td></tr>
 * <tr><td>{@code holdfast.health.changes}</td><td>counter, changes</td><td>aspect, level</td></tr>
 * <tr><td>{@code holdfast.drift}</td><td>counter, sightings</td><td>kind</td></tr>
 * <tr><td>{@code holdfast.sessions}</td><td>timer</td><td>outcome</td></tr>
 * <tr><td>{@code holdfast.sessions.active}</td><td>gauge, sessions</td><td></td></tr>
 * <tr><td>{@code holdfast.session.items}</td><td>counter, items</td><td></td></tr>
 * <tr><td>{@code holdfast.session.transferred}</td><td>counter, bytes</td><td>direction</td></tr>
 * <tr><td>{@code holdfast.session.troubles}</td><td>counter, items</td><td>cause</td></tr>
 * <tr><td>{@code holdfast.session.waits}</td><td>timer</td><td></td></tr>
 * <tr><td>{@code holdfast.session.checkpoints}</td><td>counter, checkpoints</td><td></td></tr>
 * </table>
 */
public final class HoldfastMeters implements ServiceListener {
    private final MeterRegistry registry;
    private final TagValues operations = new TagValues();
    private final SessionMeters sessions;
    private final Map<Scope, BreakerEvent.State> breakers = new HashMap<>();
    private final Map<Pacer, SpendingMeters> pacers = new HashMap<>();

    /**
     * Meters that nothing has counted in yet.
     *
     * @param registry where they are registered
     */
    public HoldfastMeters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.sessions = new SessionMeters(registry);
        for (BreakerEvent.State state : BreakerEvent.State.values()) {
            if (state != BreakerEvent.State.CLOSED) {
                Gauge.builder("holdfast.breakers", this, meters -> meters.breakersIn(state))
                        .tag("state", lower(state))
                        .baseUnit("breakers")
                        .description("Breakers that hold requests back, or let single ones through")
                        .strongReference(true)
                        .register(registry);
            }
        }
    }

    /**
     * Counts what a pacer spends. What it has spent is looked at by {@link #update}.
     *
     * @param pacer the pacer
     */
    public synchronized void watch(Pacer pacer) {
        pacers.computeIfAbsent(pacer, p -> new SpendingMeters(registry, operations));
    }

    /**
     * Shows how many tenants of a board are at which level.
     *
     * @param board the board; at most one for a registry
     */
    public void watch(HealthBoard board) {
        for (HealthLevel level : HealthLevel.values()) {
            Gauge.builder("holdfast.tenants", board, b -> tenantsAt(b, level))
                    .tag("level", lower(level))
                    .baseUnit("tenants")
                    .description("Tenants by their worst aspect of health")
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Takes over what the pacers have spent since the last call; to be called now and then, such as once in ten seconds. */
    public synchronized void update() {
        pacers.forEach((pacer, meters) -> meters.update(pacer.spending()));
    }

    /**
     * Times an exchange to the first byte of its answer.
     *
     * @param exchange the record of it
     */
    @Override
    public void exchange(ExchangeRecord exchange) {
        Scope scope = exchange.request().scope();
        Timer.builder("holdfast.exchanges")
                .description("Exchanges with services, to the first byte of their answers")
                .tag("provider", nameOf(scope, ScopeLevel.PROVIDER))
                .tag("pool", nameOf(scope, ScopeLevel.POOL))
                .tag("operation", operations.of(exchange.request().operation()))
                .tag("outcome", exchange.failure().map(HoldfastMeters::lower).orElse("served"))
                .register(registry)
                .record(exchange.firstByte());
    }

    /**
     * Counts what an examination found.
     *
     * @param scope what the breaker stands before that set it off
     * @param diagnosis what was found
     */
    @Override
    public void diagnosis(Scope scope, Diagnosis diagnosis) {
        for (Cause cause : diagnosis.causes()) {
            count(
                    "holdfast.diagnoses",
                    "causes",
                    Tags.of("provider", nameOf(scope, ScopeLevel.PROVIDER), "layer", lower(cause.layer())));
        }
    }

    /**
     * Counts a breaker's change of state.
     *
     * @param event from the breakers
     */
    @Override
    public void breaker(BreakerEvent event) {
        synchronized (this) {
            if (event.state() == BreakerEvent.State.CLOSED) {
                breakers.remove(event.scope());
            } else {
                breakers.put(event.scope(), event.state());
            }
        }
        count(
                "holdfast.breaker.transitions",
                "transitions",
                Tags.of(
                        "provider", nameOf(event.scope(), ScopeLevel.PROVIDER),
                        "pool", nameOf(event.scope(), ScopeLevel.POOL),
                        "state", lower(event.state())));
    }

    /**
     * Counts what an identity service answered.
     *
     * @param event from the token sources
     */
    @Override
    public void identity(IdentityEvent event) {
        count(
                "holdfast.identity.events",
                "events",
                Tags.of(
                        "provider", nameOf(event.application(), ScopeLevel.PROVIDER),
                        "kind", lower(event.kind())));
    }

    /**
     * Counts a change of a tenant's health.
     *
     * @param event from the board
     */
    @Override
    public void health(HealthEvent event) {
        count(
                "holdfast.health.changes",
                "changes",
                Tags.of("aspect", lower(event.aspect()), "level", lower(event.to())));
    }

    /**
     * Counts what a service answered for the first time.
     *
     * @param event from the watch
     */
    @Override
    public void drift(DriftEvent event) {
        count("holdfast.drift", "sightings", Tags.of("kind", lower(event.kind())));
    }

    /**
     * A listener for one session.
     *
     * @return a fresh one; each session needs its own
     */
    public SessionListener session() {
        return sessions.listener();
    }

    private synchronized double breakersIn(BreakerEvent.State state) {
        return breakers.values().stream().filter(state::equals).count();
    }

    private static double tenantsAt(HealthBoard board, HealthLevel level) {
        return board.all().stream().filter(tenant -> tenant.level() == level).count();
    }

    private void count(String name, String unit, Tags tags) {
        Counters.of(registry, name, unit, tags).increment();
    }

    static String nameOf(Scope scope, ScopeLevel level) {
        return scope.at(level).map(Scope::name).orElse(TagValues.NONE);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
