// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a store stood a proof of what it says it can do.
 *
 * @param made when, by the clock of this machine
 * @param verdicts how each ability stood it; all of them
 * @param clockDifference how far the store's clock is ahead of this machine's, negative if it is behind; in whole seconds, since stores keep no
 *     finer times, and zero if no difference could be told from the time that a request takes
 */
public record StoreProof(Instant made, Map<Ability, Verdict> verdicts, Duration clockDifference) {

    /** How far clocks may be apart before a date that protects an object is not to be relied upon. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /** Checks for null; abilities that are not named are unknown. */
    public StoreProof {
        Objects.requireNonNull(made, "made");
        Objects.requireNonNull(clockDifference, "clockDifference");
        EnumMap<Ability, Verdict> all = new EnumMap<>(Ability.class);
        for (Ability each : Ability.values()) {
            all.put(each, verdicts.getOrDefault(each, Verdict.UNKNOWN));
        }
        verdicts = Collections.unmodifiableMap(all);
    }

    /** What is proven. */
    public enum Ability {
        /** A second create is refused, also to one of several writers at once. */
        CONDITIONAL_CREATE,
        /** The same for objects that are written in parts, as the largest are. */
        CREATE_IN_PARTS,
        /** A replace of an outdated version is refused. */
        CONDITIONAL_REPLACE,
        /** A listing shows what was just written. */
        LISTS_AFTER_WRITE,
        /** A date reads back and keeps an object from being deleted. */
        RETENTION,
        /** The store's clock is not further from ours than {@link #CLOCK_TOLERANCE}. */
        CLOCK
    }

    /** How an ability stood the proof. */
    public enum Verdict {
        /** It works. */
        PROVEN,
        /** The store says that it lacks it, or has no such thing. */
        NOT_CLAIMED,
        /** The store claims it and does something else. */
        REFUTED,
        /** It could not be told. */
        UNKNOWN
    }

    /**
     * How one ability stood the proof.
     *
     * @param ability which
     * @return the verdict
     */
    public Verdict of(Ability ability) {
        return Objects.requireNonNull(verdicts.get(ability));
    }

    /**
     * Whether an ability was seen to work.
     *
     * @param ability which
     * @return true if it is proven
     */
    public boolean proves(Ability ability) {
        return of(ability) == Verdict.PROVEN;
    }
}
