// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import io.holdfast.pacing.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a tenant fares.
 *
 * @param tenant the scope of the tenant
 * @param level as its worst aspect
 * @param aspects each aspect of which anything is known
 * @param lastSnapshot when its newest snapshot was made, if that is known
 */
public record TenantHealth(
        Scope tenant, HealthLevel level, Map<Aspect, Reading> aspects, Optional<Instant> lastSnapshot) {

    /** Copies the map. */
    public TenantHealth {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(lastSnapshot, "lastSnapshot");
        aspects = aspects.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(aspects));
    }

    /**
     * One aspect.
     *
     * @param level how it is
     * @param value in the unit of the aspect
     * @param since since when it is at that level
     */
    public record Reading(HealthLevel level, double value, Instant since) {
        /** Checks for null. */
        public Reading {
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(since, "since");
        }
    }
}
