// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import io.holdfast.pacing.Scope;
import java.time.Instant;
import java.util.Objects;

/**
 * One aspect of a tenant's health became better or worse.
 *
 * @param tenant the scope of the tenant
 * @param aspect what changed
 * @param from how it was
 * @param to how it is
 * @param value the value that decided, in the unit of the aspect
 * @param tenantLevel how the tenant is as a whole now: as its worst aspect
 * @param at when
 */
public record HealthEvent(
        Scope tenant,
        Aspect aspect,
        HealthLevel from,
        HealthLevel to,
        double value,
        HealthLevel tenantLevel,
        Instant at) {

    /** Checks for null. */
    public HealthEvent {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(aspect, "aspect");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(tenantLevel, "tenantLevel");
        Objects.requireNonNull(at, "at");
    }
}
