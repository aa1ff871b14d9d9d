// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import io.holdfast.health.HealthBoard.At;
import io.holdfast.identity.IdentityEvent;
import io.holdfast.pacing.Scope;
import io.holdfast.retry.BreakerEvent;
import io.holdfast.runtime.Announcer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** All that is known of the health of one tenant. Guarded by the board's lock. */
final class Tenant {
    private final Scope scope;
    private final Map<Aspect, Thresholds> thresholds;
    private final Duration rpo;
    private final Instant known;
    private final Announcer<HealthEvent> events;
    private final Map<Aspect, AspectState> aspects = new EnumMap<>(Aspect.class);
    private final Map<Scope, Double> identities = new HashMap<>();
    private final Set<Scope> breakers = new HashSet<>();
    final RequestWindow window = new RequestWindow();
    final CallHistory history = new CallHistory();
    Optional<Instant> snapshot = Optional.empty();

    Tenant(
            Scope scope,
            Map<Aspect, Thresholds> thresholds,
            Duration rpo,
            Instant known,
            Announcer<HealthEvent> events) {
        this.scope = scope;
        this.thresholds = thresholds;
        this.rpo = rpo;
        this.known = known;
        this.events = events;
    }

    void update(Aspect aspect, double value, At at) {
        AspectState state = aspects.computeIfAbsent(
                aspect, a -> new AspectState(Objects.requireNonNull(thresholds.get(a)), at.now()));
        HealthLevel before = state.level();
        if (state.update(value, at.nanos(), at.now())) {
            events.add(new HealthEvent(scope, aspect, before, state.level(), value, level(), at.now()));
        }
    }

    void lookAtRequests(At at) {
        if (!window.isEmpty() || aspects.containsKey(Aspect.FAILURES)) {
            update(Aspect.FAILURES, window.failures(at.nanos()), at);
            update(Aspect.THROTTLING, window.throttling(at.nanos()), at);
        }
    }

    /** A tenant without a snapshot has had none since it is known. */
    void lookAtAge(At at) {
        Duration age = Duration.between(snapshot.orElse(known), at.now());
        update(Aspect.FRESHNESS, Math.max(0, (double) age.toMillis() / rpo.toMillis()), at);
    }

    /** Lets those get better that only wait for time to pass. */
    void settle(At at) {
        aspects.forEach((aspect, state) -> update(aspect, state.value(), at));
    }

    void identity(Scope application, double value, At at) {
        identities.put(application, value);
        double worst = identities.values().stream().mapToDouble(v -> v).max().orElse(0);
        update(Aspect.IDENTITY, worst, at);
    }

    /** What an identity event says of the tenant; empty if nothing. */
    static Optional<Double> identityValue(IdentityEvent.Kind kind) {
        switch (kind) {
            case GRANTED:
            case CREDENTIAL_CHANGED:
                return Optional.of(0.0);
            case THROTTLED:
            case UNAVAILABLE:
                return Optional.of(0.5);
            case REJECTED:
                return Optional.of(1.0);
            default:
                return Optional.empty();
        }
    }

    void breaker(Scope pool, BreakerEvent.State state, At at) {
        if (state == BreakerEvent.State.CLOSED) {
            breakers.remove(pool);
        } else {
            breakers.add(pool);
        }
        update(Aspect.BREAKERS, breakers.size(), at);
    }

    private HealthLevel level() {
        HealthLevel worst = HealthLevel.HEALTHY;
        for (AspectState state : aspects.values()) {
            worst = state.level().compareTo(worst) > 0 ? state.level() : worst;
        }
        return worst;
    }

    TenantHealth health() {
        Map<Aspect, TenantHealth.Reading> readings = new EnumMap<>(Aspect.class);
        aspects.forEach((aspect, state) -> readings.put(aspect, state.reading()));
        return new TenantHealth(scope, level(), readings, snapshot);
    }
}
