// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The limits of a service as data, and how much of them we allow ourselves. A connector ships the published ones; a host overrides what its
 * contract with the service says otherwise.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class PacingProfile {
    private final Map<Place, List<Limit>> limits;
    private final Map<String, Double> factors;
    private final double defaultFactor;

    private PacingProfile(Builder builder) {
        Map<Place, List<Limit>> copy = new HashMap<>();
        builder.limits.forEach((place, list) -> copy.put(place, List.copyOf(list)));
        this.limits = Map.copyOf(copy);
        this.factors = Map.copyOf(builder.factors);
        this.defaultFactor = builder.defaultFactor;
    }

    /**
     * A profile without any limit: only what the service answers holds requests back.
     *
     * @return the profile
     */
    public static PacingProfile unlimited() {
        return builder().build();
    }

    /**
     * Starts a profile.
     *
     * @return a builder without limits
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a profile from this one.
     *
     * @return a builder with all that this profile says
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        limits.forEach((place, list) -> builder.limits.put(place, new ArrayList<>(list)));
        builder.factors.putAll(factors);
        builder.defaultFactor = defaultFactor;
        return builder;
    }

    /**
     * The limits that hold at a scope, not those of the scopes around it.
     *
     * @param scope the scope
     * @return as published, the factor not applied
     */
    public List<Limit> limitsOf(Scope scope) {
        return limits.getOrDefault(new Place(scope.level(), poolOf(scope)), List.of());
    }

    /**
     * Which part of the published limits we allow ourselves at a scope: people come first.
     *
     * @param scope the scope
     * @return over 0 and at most 1
     */
    public double factorOf(Scope scope) {
        return factors.getOrDefault(poolOf(scope), defaultFactor);
    }

    /**
     * These limits, and others where these say nothing: of a pool, or of a level above all pools.
     *
     * @param others the others
     * @return another profile
     */
    PacingProfile or(PacingProfile others) {
        Builder both = toBuilder();
        others.limits.forEach(both.limits::putIfAbsent);
        others.limits.keySet().stream()
                .filter(place -> !limits.containsKey(place))
                .forEach(place -> both.factors.putIfAbsent(
                        place.pool(), others.factors.getOrDefault(place.pool(), others.defaultFactor)));
        return both.build();
    }

    private static String poolOf(Scope scope) {
        Optional<Scope> pool = scope.at(ScopeLevel.POOL);
        return pool.map(Scope::name).orElse("");
    }

    /** Where a limit holds: at each scope of a level, of a pool or, above pools, of none. */
    private record Place(ScopeLevel level, String pool) {}

    /** Puts a profile together; for one thread. */
    public static final class Builder {
        private final Map<Place, List<Limit>> limits = new HashMap<>();
        private final Map<String, Double> factors = new HashMap<>();
        private double defaultFactor = 1.0;

        private Builder() {}

        /**
         * Adds a limit of a pool.
         *
         * @param pool the pool's name
         * @param level {@code POOL} if the pool as a whole is counted, {@code RESOURCE} if each of its resources is
         * @param limit as published
         * @return this builder
         */
        public Builder limit(String pool, ScopeLevel level, Limit limit) {
            if (level.compareTo(ScopeLevel.POOL) < 0 || pool.isEmpty()) {
                throw new IllegalArgumentException("a limit of pool '" + pool + "' at level " + level
                        + "; give the pool's name and POOL or RESOURCE, or no pool");
            }
            limits.computeIfAbsent(new Place(level, pool), p -> new ArrayList<>())
                    .add(Objects.requireNonNull(limit));
            return this;
        }

        /**
         * Adds a limit that counts all pools together.
         *
         * @param level a level above {@code POOL}
         * @param limit as published
         * @return this builder
         */
        public Builder limit(ScopeLevel level, Limit limit) {
            if (level.compareTo(ScopeLevel.POOL) >= 0) {
                throw new IllegalArgumentException("level " + level + " belongs to a pool; name the pool");
            }
            limits.computeIfAbsent(new Place(level, ""), p -> new ArrayList<>()).add(Objects.requireNonNull(limit));
            return this;
        }

        /**
         * Drops all limits of a pool, to give others.
         *
         * @param pool the pool's name
         * @return this builder
         */
        public Builder withoutLimitsOf(String pool) {
            limits.keySet().removeIf(place -> place.pool().equals(pool));
            return this;
        }

        /**
         * Sets which part of a pool's limits we allow ourselves.
         *
         * @param pool the pool's name
         * @param factor over 0 and at most 1
         * @return this builder
         */
        public Builder factor(String pool, double factor) {
            factors.put(pool, checked(factor));
            return this;
        }

        /**
         * Sets which part of all other limits we allow ourselves; 1 by default.
         *
         * @param factor over 0 and at most 1
         * @return this builder
         */
        public Builder factor(double factor) {
            this.defaultFactor = checked(factor);
            return this;
        }

        private static double checked(double factor) {
            if (!(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException("factor is " + factor + "; allowed is over 0 and at most 1");
            }
            return factor;
        }

        /**
         * Builds the profile.
         *
         * @return an immutable profile
         */
        public PacingProfile build() {
            return new PacingProfile(this);
        }
    }
}
