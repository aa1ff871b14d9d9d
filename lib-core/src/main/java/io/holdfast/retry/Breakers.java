// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of a process, one for each pool of each tenant: where a service keeps failing they hold requests back, and let one through from time
 * to time to see whether it has recovered.
 *
 * <p>Only failures that tell of the service or of the way to it count: {@link FailureCategory#speaksAgainstTheService}. Being throttled does not,
 * nor does any failure with a wish to wait, which the pacer heeds; nor the fault of one item. Scopes without failures take no room, and no more than
 * a given number is remembered. Safe for use by several threads; without static state, so that two runtimes know nothing of each other.
 */
public final class Breakers {
    private static final List<ScopeLevel> KEY = List.of(ScopeLevel.CLOUD, ScopeLevel.TENANT, ScopeLevel.POOL);

    private final TimeSource time;
    private final Randomness randomness;
    private final BreakerSettings settings;
    private final int maxScopes;
    private final Announcer<BreakerEvent> events;
    private final Map<Scope, Breaker> closed = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Scope, Breaker> tripped = new LinkedHashMap<>(16, 0.75f, true);

    private Breakers(Builder builder) {
        this.time = builder.time;
        this.randomness = builder.randomness;
        this.settings = new BreakerSettings(
                builder.failures, builder.outcomes, builder.openFor, builder.longestOpen, builder.probes);
        this.maxScopes = builder.maxScopes;
        this.events = new Announcer<>(builder.listener);
    }

    /**
     * Starts breakers.
     *
     * @param time what they go by
     * @param randomness what probes are spread by
     * @return a builder
     */
    public static Builder builder(TimeSource time, Randomness randomness) {
        return new Builder(time, randomness);
    }

    /**
     * Asks whether a request may be sent.
     *
     * @param scope what it counts for; provider, cloud, tenant and pool decide
     * @return a pass, or until when its work is better put aside; that is not an attempt
     */
    public Entry enter(Scope scope) {
        Scope key = keyOf(scope);
        Entry entry;
        synchronized (this) {
            Breaker breaker = tripped.get(key);
            entry = breaker == null ? new Pass(this, key, 0) : enter(breaker, key);
        }
        events.deliver();
        return entry;
    }

    private Entry enter(Breaker breaker, Scope key) {
        long now = time.nanos();
        boolean wasOpen = breaker.state() == BreakerEvent.State.OPEN;
        if (!breaker.letsProbe(now)) {
            return new Held(key, time.now().plusNanos(Math.max(1, breaker.waitNanos(now))));
        }
        if (wasOpen) {
            announce(key, breaker, Optional.empty());
        }
        return new Pass(this, key, breaker.generation());
    }

    /**
     * The scopes whose breaker is not closed.
     *
     * @return with their state
     */
    public synchronized Map<Scope, BreakerEvent.State> tripped() {
        Map<Scope, BreakerEvent.State> states = new LinkedHashMap<>();
        tripped.forEach((scope, breaker) -> states.put(scope, breaker.state()));
        return states;
    }

    /** How many scopes are remembered. */
    synchronized int scopeCount() {
        return closed.size() + tripped.size();
    }

    void succeeded(Scope key, long generation) {
        synchronized (this) {
            Breaker trippedOne = tripped.get(key);
            if (trippedOne != null) {
                if (trippedOne.probeSucceeded(generation)) {
                    tripped.remove(key);
                    announce(key, trippedOne, Optional.empty());
                }
            } else if (generation == 0) {
                Breaker breaker = closed.get(key);
                if (breaker != null && breaker.succeeded(time.nanos())) {
                    closed.remove(key);
                }
            }
        }
        events.deliver();
    }

    void failed(Scope key, long generation, Failure failure) {
        synchronized (this) {
            long now = time.nanos();
            Breaker trippedOne = tripped.get(key);
            if (trippedOne != null) {
                if (trippedOne.probeFailed(generation, now, randomness.unit())) {
                    announce(key, trippedOne, Optional.of(failure));
                }
            } else if (generation == 0) {
                Breaker breaker = closed.computeIfAbsent(key, k -> new Breaker(settings));
                if (breaker.failed(now, randomness.unit())) {
                    closed.remove(key);
                    tripped.put(key, breaker);
                    announce(key, breaker, Optional.of(failure));
                }
                forgetSurplus();
            }
        }
        events.deliver();
    }

    synchronized void toldNothing(Scope key, long generation) {
        Breaker breaker = tripped.get(key);
        if (breaker != null) {
            breaker.probeToldNothing(generation);
        }
    }

    /** Those that were not used for longest go. To forget an open one lets its requests through, which is told. */
    private void forgetSurplus() {
        if (closed.size() > maxScopes) {
            closed.remove(closed.keySet().iterator().next());
        }
        if (tripped.size() > maxScopes) {
            Scope oldest = tripped.keySet().iterator().next();
            Breaker forgotten = Objects.requireNonNull(tripped.remove(oldest));
            forgotten.close();
            announce(oldest, forgotten, Optional.empty());
        }
    }

    private void announce(Scope key, Breaker breaker, Optional<Failure> cause) {
        Instant now = time.now();
        Optional<Instant> until = cause.map(failure -> now.plusNanos(Math.max(0, breaker.waitNanos(time.nanos()))));
        events.add(new BreakerEvent(key, breaker.state(), now, cause, until));
    }

    private static Scope keyOf(Scope scope) {
        Scope key = Scope.provider(scope.at(ScopeLevel.PROVIDER).orElse(scope).name());
        for (ScopeLevel level : KEY) {
            Optional<Scope> named = scope.at(level);
            if (named.isPresent()) {
                key = key.within(level, named.get().name());
            }
        }
        return key;
    }

    /** What a breaker says to a request. */
    public sealed interface Entry permits Pass, Held {}

    /**
     * The breaker is open: put the work aside.
     *
     * @param scope whose breaker it is
     * @param until when to ask again, at the earliest
     */
    public record Held(Scope scope, Instant until) implements Entry {
        /** Checks for null. */
        public Held {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(until, "until");
        }
    }

    /** The right to send one request; to be told how it fared, and closed. The first outcome counts. Safe for use by several threads. */
    public static final class Pass implements Entry, AutoCloseable {
        private final Scope key;
        private final long generation;
        private @Nullable Breakers breakers;

        private Pass(Breakers breakers, Scope key, long generation) {
            this.breakers = breakers;
            this.key = key;
            this.generation = generation;
        }

        /** The service answered as it should. */
        public void succeeded() {
            Breakers mine = take();
            if (mine != null) {
                mine.succeeded(key, generation);
            }
        }

        /**
         * The request failed.
         *
         * @param failure how; what does not tell of the service is sorted out here
         */
        public void failed(Failure failure) {
            FailureCategory category = failure.category();
            if (category.speaksForTheService()) {
                succeeded();
                return;
            }
            Breakers mine = take();
            if (mine == null) {
                return;
            }
            if (category.speaksAgainstTheService() && failure.retryAfter().isEmpty()) {
                mine.failed(key, generation, failure);
            } else {
                mine.toldNothing(key, generation);
            }
        }

        /** The request is over; without an outcome it told nothing. */
        @Override
        public void close() {
            Breakers mine = take();
            if (mine != null) {
                mine.toldNothing(key, generation);
            }
        }

        private synchronized @Nullable Breakers take() {
            Breakers mine = breakers;
            breakers = null;
            return mine;
        }
    }

    /** Puts breakers together; for one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final Randomness randomness;
        private Consumer<? super BreakerEvent> listener = event -> {};
        private int failures = 10;
        private int outcomes = 20;
        private Duration openFor = Duration.ofSeconds(10);
        private Duration longestOpen = Duration.ofMinutes(5);
        private int probes = 3;
        private int maxScopes = 10_000;

        private Builder(TimeSource time, Randomness randomness) {
            this.time = Objects.requireNonNull(time, "time");
            this.randomness = Objects.requireNonNull(randomness, "randomness");
        }

        /**
         * Sets who hears of breakers that open and close; nobody by default.
         *
         * @param hears hears of each change, in order, one at a time; must not block
         * @return this builder
         */
        public Builder listener(Consumer<? super BreakerEvent> hears) {
            this.listener = Objects.requireNonNull(hears);
            return this;
        }

        /**
         * Sets what opens a breaker; 10 failures among 20 outcomes by default. Outcomes are forgotten after two minutes without any.
         *
         * @param count how many failures, at least 1
         * @param among among how many outcomes, the last ones; at most 64
         * @return this builder
         */
        public Builder opensAt(int count, int among) {
            if (count < 1 || among < count || among > Long.SIZE) {
                throw new IllegalArgumentException("a breaker that opens at " + count + " failures among " + among
                        + " outcomes; allowed are 1 to 64 outcomes, and no more failures than outcomes");
            }
            this.failures = count;
            this.outcomes = among;
            return this;
        }

        /**
         * Sets how long a breaker stays open before a probe; 10 seconds to 5 minutes by default. Each probe that fails doubles the time, and up
         * to a quarter is added at random.
         *
         * @param first the first time, more than zero
         * @param longest the longest time, without what is added
         * @return this builder
         */
        public Builder openFor(Duration first, Duration longest) {
            if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
                throw new IllegalArgumentException("a breaker that is open for " + first + " to " + longest
                        + "; the first must be more than zero and not over the longest");
            }
            this.openFor = first;
            this.longestOpen = longest;
            return this;
        }

        /**
         * Sets how many probes in a row must succeed until a breaker closes; 3 by default.
         *
         * @param count at least 1
         * @return this builder
         */
        public Builder probes(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("probes is " + count + "; it must be at least 1");
            }
            this.probes = count;
            return this;
        }

        /**
         * Sets how many scopes are remembered: so many with failures, and so many whose breaker is not closed; 10,000 by default.
         *
         * @param count at least 1
         * @return this builder
         */
        public Builder maxScopes(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("maxScopes is " + count + "; it must be at least 1");
            }
            this.maxScopes = count;
            return this;
        }

        /**
         * Builds the breakers, all closed.
         *
         * @return breakers that have nothing to close
         */
        public Breakers build() {
            return new Breakers(this);
        }
    }
}
