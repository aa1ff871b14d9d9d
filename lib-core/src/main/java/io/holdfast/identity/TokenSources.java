// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Breakers;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token sources of a process, one for each application of each tenant, so that all its sessions share tokens.
 *
 * <p>Safe for use by several threads. One for a process: an identity service counts by address too, and only who knows all requests can heed that.
 */
public final class TokenSources {
    private final Line line;
    private final Map<Scope, TokenSource> sources = new ConcurrentHashMap<>();

    private TokenSources(Builder builder) {
        Pacer pacer = builder.pacer == null
                ? Pacer.builder(builder.time, builder.randomness).build()
                : builder.pacer;
        Breakers breakers = builder.breakers == null
                ? Breakers.builder(builder.time, builder.randomness).build()
                : builder.breakers;
        this.line = new Line(
                builder.time,
                builder.randomness,
                builder.background,
                pacer,
                breakers,
                new Announcer<>(builder.listener));
    }

    /**
     * Starts token sources.
     *
     * @param time what they go by
     * @param randomness what renewals are spread by
     * @param background where renewals run; they block
     * @return a builder
     */
    public static Builder builder(TimeSource time, Randomness randomness, Executor background) {
        return new Builder(time, randomness, background);
    }

    /**
     * The token source of an application; the first call makes it, and later ones get the same.
     *
     * @param application a scope of level {@code APPLICATION}, with provider, cloud and tenant
     * @param credential gives the present credential; asked before each request, so that rotation needs no restart; may block, may be called often
     * @param endpoint what sends a request
     * @return the source
     */
    public TokenSource of(Scope application, Supplier<Credential> credential, TokenEndpoint endpoint) {
        if (application.level() != ScopeLevel.APPLICATION
                || application.at(ScopeLevel.TENANT).isEmpty()) {
            throw new IllegalArgumentException(
                    "tokens for " + application + "; name provider, cloud, tenant and application");
        }
        return sources.computeIfAbsent(application, scope -> new TokenSource(scope, credential, endpoint, line));
    }

    /**
     * Forgets an application and its tokens, as when a tenant leaves.
     *
     * @param application as given to {@link #of}
     */
    public void forget(Scope application) {
        sources.remove(application);
    }

    /** Puts token sources together; for one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final Randomness randomness;
        private final Executor background;
        private @Nullable Pacer pacer;
        private @Nullable Breakers breakers;
        private Consumer<? super IdentityEvent> listener = event -> {};

        private Builder(TimeSource time, Randomness randomness, Executor background) {
            this.time = Objects.requireNonNull(time, "time");
            this.randomness = Objects.requireNonNull(randomness, "randomness");
            this.background = Objects.requireNonNull(background, "background");
        }

        /**
         * Sets what paces token requests; by default a pacer of their own.
         *
         * @param shared the pacer of the process; identity services have scopes of their own in it, and hold up nothing else
         * @return this builder
         */
        public Builder pacer(Pacer shared) {
            this.pacer = Objects.requireNonNull(shared);
            return this;
        }

        /**
         * Sets what stands before identity services that fail; by default breakers of their own.
         *
         * @param shared the breakers of the process
         * @return this builder
         */
        public Builder breakers(Breakers shared) {
            this.breakers = Objects.requireNonNull(shared);
            return this;
        }

        /**
         * Sets who hears of answers, refusals and credentials that end; nobody by default.
         *
         * @param hears hears of each, in order, one at a time; must not block
         * @return this builder
         */
        public Builder listener(Consumer<? super IdentityEvent> hears) {
            this.listener = Objects.requireNonNull(hears);
            return this;
        }

        /**
         * Builds the token sources; nothing is sent.
         *
         * @return token sources that have nothing to close
         */
        public TokenSources build() {
            return new TokenSources(this);
        }
    }

    /** What all token sources of a process share. */
    record Line(
            TimeSource time,
            Randomness randomness,
            Executor background,
            Pacer pacer,
            Breakers breakers,
            Announcer<IdentityEvent> events) {}
}
