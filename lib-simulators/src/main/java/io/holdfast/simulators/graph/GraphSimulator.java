// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException.Phase;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.BudgetBook;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.SimulatedTransport;
import io.holdfast.simulators.http.WirePeer;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.net.ssl.X509TrustManager;

/**
 * Microsoft Graph v1.0 as a backup meets it, with the identity service in front of it: tenants that can be changed while it runs, limits as they were
 * published, faults as they were seen, and books on what was asked of it.
 *
 * <pre>{@code
 * GraphTenant tenant = GraphTenant.builder(time, "contoso.example").build();
 * tenant.consent(GraphApp.of("client-id", "secret", GraphApp.MAIL_ROLES));
 * GraphUser ada = tenant.addUser("ada", "Ada Lovelace");
 * ada.mailbox().inbox().add(MessageDraft.of("Notes").from("Charles", "charles@elsewhere.example").text("..."));
 * try (GraphSimulator graph = GraphSimulator.builder(time).tenant(tenant).build()) {
 *     graph.strike(FaultRule.of(GraphFault.GATEWAY_TIMEOUT).on("message.get").times(2));
 *     ... // use graph.transport(), or graph.listen().origin()
 *     assert graph.ledger().violations().isEmpty();
 * }
 * }</pre>
 *
 * <p>Without sockets, on simulated time, by {@link #transport()}; over TLS on this machine by {@link #listen()}. What it does not know it answers with 400,
 * as Graph does. Safe for use by several threads.
 */
public final class GraphSimulator implements AutoCloseable {
    private final TimeSource time;
    private final List<GraphTenant> tenants;
    private final Origins origins;
    private final Duration latency;
    private final Identity identity;
    private final Faults faults;
    private final Habits habits;
    private final DeltaRounds rounds;
    private final Transfers transfers;
    private final Turnstile turnstile;
    private final Routes routes;
    private final Books books = new Books();
    private final FrontDoor door;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private GraphSimulator(Builder builder) {
        this.time = builder.time;
        this.tenants = List.copyOf(builder.tenants);
        this.origins = builder.origins;
        this.latency = builder.latency;
        this.identity = new Identity(time, tenants, builder.tokenLife);
        this.faults = new Faults(new SplittableRandom(builder.seed)::nextBytes);
        this.habits = new Habits(FeedHabit.USUAL);
        this.rounds = new DeltaRounds(habits);
        this.transfers = new Transfers(time);
        this.turnstile = new Turnstile(new BudgetBook(time), builder.limits);
        Workbench bench = new Workbench(habits, new Pages(habits), rounds, transfers, turnstile, books);
        this.routes = Workloads.routes(bench);
        Desk desk = new Desk(time, identity, routes, turnstile, faults, books);
        this.door = new FrontDoor(time::now, identity, transfers, desk, faults, books, this::pause);
    }

    /**
     * Begins a simulator.
     *
     * @param time what tokens, limits and links go by
     * @return a builder
     */
    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    /**
     * Takes requests without sockets; they have to go to the builder's origins.
     *
     * @return a transport, which needs no closing
     */
    public HttpTransport transport() {
        return new SimulatedTransport(time, Duration.ZERO, (sent, received) -> {
            String origin = sent.uri().getScheme() + "://" + sent.uri().getRawAuthority();
            boolean known =
                    Set.of(origins.login(), origins.graph(), origins.transfer()).contains(origin);
            return known ? reply(received, origins) : Reply.of(503).spoilt(new Flaw.Unreachable(Phase.RESOLVE));
        });
    }

    /**
     * Takes requests over HTTP/1.1 and TLS on this machine.
     *
     * @return where; the simulator closes it
     */
    public Listener listen() {
        ServerIdentity identityOfServer = ServerIdentity.of("localhost");
        AtomicLong port = new AtomicLong();
        WirePeer peer = WirePeer.secure(
                identityOfServer, received -> reply(received, Origins.at("https://localhost:" + port.get())));
        port.set(peer.port());
        Listener listener = new Listener(peer, identityOfServer.trust());
        listeners.add(listener);
        return listener;
    }

    /**
     * Answers a request.
     *
     * @param request the request
     * @param where where links in the answer shall lead
     * @return the reply
     */
    public Reply reply(PeerRequest request, Origins where) {
        return door.reply(request, where);
    }

    private void pause() {
        try {
            time.sleep(latency);
        } catch (InterruptedException e) {
            // The answer comes a little early; whoever is interrupted will look at the flag.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What it has seen so far.
     *
     * @return the books as of now
     */
    public GraphLedger ledger() {
        return books.ledger(turnstile);
    }

    /**
     * Lets requests meet a fault from now on, besides those of other rules; the first that applies wins.
     *
     * @param rule which requests, and what
     */
    public void strike(FaultRule rule) {
        faults.add(rule);
    }

    /** Ends all faults and bad habits. What is wrong with single messages stays until {@link GraphMessage#heal}. */
    public void calm() {
        faults.clear();
        habits.set(FeedHabit.USUAL);
    }

    /**
     * Sets how lists and change tracking behave.
     *
     * @param on the habits that are on from now on, and no others
     */
    public void behave(Set<FeedHabit> on) {
        habits.set(on);
    }

    /**
     * Changes the limits in mid-run, without a word.
     *
     * @param others the limits from now on
     */
    public void limit(GraphLimits others) {
        turnstile.limit(others);
    }

    /** Makes all access tokens invalid: whoever has one needs another one. */
    public void expireAccessTokens() {
        identity.expireAll();
    }

    /**
     * Makes all tokens of change tracking that were given out so far unusable.
     *
     * @param how how the service says so
     */
    public void expireDeltaTokens(TokenExpiry how) {
        expireDeltaTokens(how, path -> true);
    }

    /**
     * Makes tokens of change tracking that were given out so far unusable: those of some lists. All others that had been made unusable are good again.
     *
     * @param how how the service says so
     * @param paths chooses lists by the paths of their links, which name folder or drive
     */
    public void expireDeltaTokens(TokenExpiry how, Predicate<String> paths) {
        rounds.expire(how, paths);
    }

    /** Makes all addresses of downloads and uploads that were given out so far unusable. */
    public void expireTransfers() {
        transfers.expireAll();
    }

    /**
     * All operations that there are, by the names that ledger and fault rules use.
     *
     * @return the names
     */
    public Set<String> operations() {
        return routes.operations();
    }

    /**
     * The habits that are on.
     *
     * @return how lists and change tracking behave
     */
    public Set<FeedHabit> habits() {
        return habits.all();
    }

    List<GraphTenant> tenants() {
        return tenants;
    }

    /** Stops to listen. */
    public void stop() {
        listeners.forEach(Listener::stop);
        listeners.clear();
    }

    @Override
    public void close() {
        stop();
    }

    /** Where a simulator takes requests over TLS. Immutable. */
    public static final class Listener {
        private final WirePeer peer;
        private final X509TrustManager trust;

        private Listener(WirePeer peer, X509TrustManager trust) {
            this.peer = peer;
            this.trust = trust;
        }

        /**
         * Where it listens; identity service, Graph and transfers are all there.
         *
         * @return scheme, host and port
         */
        public URI origin() {
            return URI.create("https://localhost:" + peer.port());
        }

        /**
         * Whom clients have to trust.
         *
         * @return a trust in its certificate alone
         */
        public X509TrustManager trust() {
            return trust;
        }

        /**
         * Whom clients have to trust, for those that want a certificate.
         *
         * @return its certificate, which it has signed itself
         */
        public X509Certificate certificate() {
            return trust.getAcceptedIssuers()[0];
        }

        private void stop() {
            peer.close();
        }
    }

    /** Makes a {@link GraphSimulator}. For one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final List<GraphTenant> tenants = new ArrayList<>();
        private Origins origins = Origins.GLOBAL;
        private GraphLimits limits = GraphLimits.published();
        private Duration latency = Duration.ZERO;
        private Duration tokenLife = Duration.ofMinutes(75);
        private long seed = 1;

        private Builder(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
        }

        /**
         * Adds a tenant.
         *
         * @param tenant the tenant
         * @return this builder
         */
        public Builder tenant(GraphTenant tenant) {
            boolean known =
                    tenants.stream().anyMatch(each -> each.isCalled(tenant.id()) || each.isCalled(tenant.domain()));
            if (known) {
                throw new IllegalArgumentException(tenant.domain()
                        + " has the id or the domain of another tenant; give each a seed and a domain of its own");
            }
            tenants.add(tenant);
            return this;
        }

        /**
         * Sets where requests to {@link GraphSimulator#transport} have to go; by default to the hosts of the global cloud.
         *
         * @param places the origins
         * @return this builder
         */
        public Builder origins(Origins places) {
            this.origins = Objects.requireNonNull(places);
            return this;
        }

        /**
         * Sets the limits; {@link GraphLimits#published()} by default.
         *
         * @param allowed the limits
         * @return this builder
         */
        public Builder limits(GraphLimits allowed) {
            this.limits = Objects.requireNonNull(allowed);
            return this;
        }

        /**
         * Sets how long the work on a request takes, during which it counts as one of those at the same time; nothing by default.
         *
         * @param duration not negative
         * @return this builder
         */
        public Builder latency(Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a latency of " + duration + "; it must not be negative");
            }
            this.latency = duration;
            return this;
        }

        /**
         * Sets how long an access token is valid; 75 minutes by default.
         *
         * @param duration more than zero
         * @return this builder
         */
        public Builder tokenLife(Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(
                        "a token that lives for " + duration + "; it must be more than zero");
            }
            this.tokenLife = duration;
            return this;
        }

        /**
         * Sets what faults by chance are drawn from; 1 by default.
         *
         * @param number the same number and the same requests give the same faults
         * @return this builder
         */
        public Builder seed(long number) {
            this.seed = number;
            return this;
        }

        /**
         * Builds the simulator.
         *
         * @return a simulator without past
         */
        public GraphSimulator build() {
            if (tenants.isEmpty()) {
                throw new IllegalArgumentException("there is no tenant; add one");
            }
            return new GraphSimulator(this);
        }
    }
}
