// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.exchange.HttpRequest;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP service around handlers of yours, with tokens that expire, budgets that it enforces, chaos that strikes from a seed, and a ledger of what
 * it saw.
 *
 * <p>On simulated time it is the script of a {@link SimulatedTransport}, over sockets that of a {@link WirePeer}: {@code service::reply}. Safe for use by
 * several threads.
 */
public final class SimulatedService implements BiFunction<HttpRequest, PeerRequest, Reply> {
    /** Where tokens are asked for. */
    public static final String TOKEN_PATH = "/token";

    private final TimeSource time;
    private final Randomness randomness;
    private final Function<PeerRequest, Reply> handler;
    private final List<ServiceBudget> budgets;
    private final Map<Chaos, Double> chaos;
    private final @Nullable Duration tokenLife;
    private final BudgetBook book;
    private final Map<String, Long> tokens = new HashMap<>();
    private @Nullable Reply identityAnswer;
    private long requests;
    private long served;
    private long throttled;
    private long insideFence;
    private long tokenRequests;
    private long unauthorized;
    private long struck;
    private int quietFor;

    private SimulatedService(Builder builder) {
        this.time = builder.time;
        this.book = new BudgetBook(time);
        this.randomness = new SplittableRandom(builder.seed)::nextBytes;
        this.handler = builder.handler;
        this.budgets = new ArrayList<>(builder.budgets);
        this.chaos = new EnumMap<>(builder.chaos);
        this.tokenLife = builder.tokenLife;
    }

    /**
     * Starts a service.
     *
     * @param time what tokens and budgets go by
     * @param handler what is answered when nothing is in the way; safe for use by several threads
     * @return a builder
     */
    public static Builder builder(TimeSource time, Function<PeerRequest, Reply> handler) {
        return new Builder(time, handler);
    }

    @Override
    public Reply apply(HttpRequest sent, PeerRequest received) {
        return reply(received);
    }

    /**
     * Answers a request.
     *
     * @param request the request
     * @return the reply
     */
    public Reply reply(PeerRequest request) {
        synchronized (this) {
            requests++;
            if (request.path().equals(TOKEN_PATH)) {
                return token();
            }
            if (!isAuthorized(request)) {
                unauthorized++;
                return Reply.json(401, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}")
                        .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            }
            Optional<Reply> refusal = spend(request, book.arrive());
            if (refusal.isPresent()) {
                throttled++;
                return refusal.get();
            }
        }
        Reply good = handler.apply(request);
        synchronized (this) {
            return strikeOrServe(good);
        }
    }

    private Reply strikeOrServe(Reply good) {
        for (Map.Entry<Chaos, Double> each : chaos.entrySet()) {
            if (quietFor == 0 && randomness.unit() < each.getValue()) {
                struck++;
                throttled += each.getKey().throttles() ? 1 : 0;
                // What strikes the same operation each time is an outage and no accident.
                quietFor = 2;
                return each.getKey().strike(good, time.now());
            }
        }
        quietFor = Math.max(0, quietFor - 1);
        served++;
        return good;
    }

    private Reply token() {
        tokenRequests++;
        Reply instead = identityAnswer;
        if (instead != null) {
            return instead;
        }
        Duration life = tokenLife == null ? Duration.ofHours(1) : tokenLife;
        String token = "token-" + tokenRequests;
        tokens.put(token, time.nanos() + life.toNanos());
        return Reply.json(200, "{\"access_token\":\"" + token + "\",\"expires_in\":" + life.toSeconds() + "}");
    }

    private boolean isAuthorized(PeerRequest request) {
        if (tokenLife == null) {
            return true;
        }
        String given = request.fields().first("authorization").orElse("");
        Long until = given.startsWith("Bearer ") ? tokens.get(given.substring(7)) : null;
        return until != null && time.nanos() < until;
    }

    private Optional<Reply> spend(PeerRequest request, BudgetBook.Arrival arrival) {
        for (ServiceBudget budget : budgets) {
            Optional<String> key = budget.key().apply(request);
            if (key.isPresent()) {
                Optional<Reply> refusal = spend(budget, budget.name() + " " + key.get(), request, arrival);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Reply> spend(ServiceBudget budget, String key, PeerRequest request, BudgetBook.Arrival arrival) {
        insideFence += book.isFenced(key, arrival) ? 1 : 0;
        Optional<Duration> wait = book.spend(key, budget.cost().applyAsLong(request), budget.amount(), budget.window());
        return wait.map(time -> {
            Reply refusal = Reply.json(429, "{\"error\":{\"code\":\"TooManyRequests\"}}");
            if (!budget.tellsHowLong()) {
                return refusal;
            }
            book.fence(key, time, arrival);
            return refusal.with("Retry-After", String.valueOf(time.toSeconds()));
        });
    }

    /**
     * Answers all requests for tokens with something else from now on.
     *
     * @param answer the answer; empty for tokens again
     */
    public synchronized void identityAnswers(Optional<Reply> answer) {
        identityAnswer = answer.orElse(null);
    }

    /** Forgets all tokens: whoever has one needs another one. */
    public synchronized void expireTokens() {
        tokens.clear();
    }

    /**
     * Changes a budget in mid-run, without a word.
     *
     * @param name its name
     * @param amount how many units a key has from now on
     */
    public synchronized void cut(String name, long amount) {
        budgets.replaceAll(budget -> budget.name().equals(name) ? budget.withAmount(amount) : budget);
    }

    /**
     * Changes how often a kind of chaos strikes.
     *
     * @param kind the kind
     * @param probability 0 to 1, of each request
     */
    public synchronized void chaos(Chaos kind, double probability) {
        chaos.put(kind, Builder.checked(probability));
    }

    /**
     * What it has seen so far.
     *
     * @return by its own books
     */
    public synchronized ServiceLedger ledger() {
        return new ServiceLedger(requests, served, throttled, insideFence, tokenRequests, unauthorized, struck);
    }

    /** Puts a service together; for one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final Function<PeerRequest, Reply> handler;
        private final List<ServiceBudget> budgets = new ArrayList<>();
        private final Map<Chaos, Double> chaos = new EnumMap<>(Chaos.class);
        private @Nullable Duration tokenLife;
        private long seed = 1;

        private Builder(TimeSource time, Function<PeerRequest, Reply> handler) {
            this.time = Objects.requireNonNull(time, "time");
            this.handler = Objects.requireNonNull(handler, "handler");
        }

        /**
         * Adds a limit.
         *
         * @param limit the limit
         * @return this builder
         */
        public Builder budget(ServiceBudget limit) {
            budgets.add(Objects.requireNonNull(limit));
            return this;
        }

        /**
         * Demands tokens, which {@link SimulatedService#TOKEN_PATH} gives; by default none are needed.
         *
         * @param life how long a token is valid
         * @return this builder
         */
        public Builder tokens(Duration life) {
            this.tokenLife = Objects.requireNonNull(life);
            return this;
        }

        /**
         * Lets a kind of chaos strike; not more than one request of three.
         *
         * @param kind the kind
         * @param probability 0 to 1, of each request
         * @return this builder
         */
        public Builder chaos(Chaos kind, double probability) {
            chaos.put(kind, checked(probability));
            return this;
        }

        /**
         * Sets what chaos is drawn from; 1 by default.
         *
         * @param number the same number and the same requests give the same chaos
         * @return this builder
         */
        public Builder seed(long number) {
            this.seed = number;
            return this;
        }

        private static double checked(double probability) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a probability of " + probability + "; allowed are 0 to 1");
            }
            return probability;
        }

        /**
         * Builds the service.
         *
         * @return a service without past
         */
        public SimulatedService build() {
            return new SimulatedService(this);
        }
    }
}
