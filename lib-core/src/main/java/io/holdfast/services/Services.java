// SPDX-License-Identifier: Apache-2.0
package io.holdfast.services;

import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.drift.AnswerSchema;
import io.holdfast.drift.DriftEvent;
import io.holdfast.exchange.ExchangeRecord;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.health.HealthBoard;
import io.holdfast.health.RequestFate;
import io.holdfast.identity.IdentityEvent;
import io.holdfast.identity.TokenSources;
import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.BreakerEvent;
import io.holdfast.retry.Breakers;
import io.holdfast.retry.FailureCategory;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Observations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connectors of a runtime share, so that two sessions of one tenant share budgets, breakers and tokens: one for each runtime.
 *
 * <p>A host that wants limits of its own, or to hear what happens, builds it before the first session; otherwise the first connector gets one with
 * defaults. Safe for use by several threads; closed with its runtime.
 */
public final class Services implements AutoCloseable {
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

    private final HoldfastRuntime runtime;
    private final Pacer pacer;
    private final Breakers breakers;
    private final TokenSources tokens;
    private final HealthBoard health;
    private final Examinations examinations;
    private final Announcer<ExchangeRecord> exchanges;
    private final Announcer<DriftEvent> drift;
    private final Set<Scope> remembered = new HashSet<>();
    private final @Nullable BudgetFile budgets;
    private volatile long drivenAt;
    private volatile long savedAt;

    private Services(Builder builder) {
        this.runtime = builder.runtime;
        ServiceListener listener = builder.listener;
        this.exchanges = new Announcer<>(listener::exchange);
        this.drift = new Announcer<>(listener::drift);
        this.examinations = new Examinations(
                runtime.background(),
                runtime.time(),
                new Announcer<>(examined -> listener.diagnosis(examined.scope(), examined.diagnosis())));
        this.health = HealthBoard.builder(runtime.time())
                .rpo(builder.rpo)
                .listener(listener::health)
                .build();
        this.budgets = builder.remembering == null ? null : new BudgetFile(builder.remembering);
        this.pacer = Pacer.builder(runtime.time(), runtime.randomness())
                .profile(builder.profile)
                .restoring(budgets == null ? List.of() : budgets.load())
                .build();
        this.breakers = Breakers.builder(runtime.time(), runtime.randomness())
                .listener(event -> breaker(event, listener))
                .build();
        this.tokens = TokenSources.builder(runtime.time(), runtime.randomness(), runtime.background())
                .pacer(pacer)
                .breakers(breakers)
                .listener(event -> identity(event, listener))
                .build();
        this.drivenAt = runtime.time().nanos();
        this.savedAt = drivenAt;
    }

    /**
     * The services of a runtime; the first call makes them, with defaults.
     *
     * @param runtime the runtime
     * @return the same for all who share the runtime
     */
    public static Services of(HoldfastRuntime runtime) {
        return runtime.shared(Services.class, r -> new Services(builder(r)));
    }

    /**
     * Starts services that are not the default ones.
     *
     * @param runtime the runtime that they are for
     * @return a builder
     */
    public static Builder builder(HoldfastRuntime runtime) {
        return new Builder(runtime);
    }

    /**
     * What paces requests.
     *
     * @return the pacer of all services
     */
    public Pacer pacer() {
        return pacer;
    }

    /**
     * Where tokens come from.
     *
     * @return the token sources of all services
     */
    public TokenSources tokens() {
        return tokens;
    }

    /**
     * How tenants fare.
     *
     * @return the board of all tenants
     */
    public HealthBoard health() {
        return health;
    }

    /**
     * What sends requests where nobody gave another transport.
     *
     * @param maker makes it, if nobody has done so yet; it is closed with the runtime
     * @return the transport of all connectors of this runtime
     */
    public HttpTransport transport(Supplier<? extends HttpTransport> maker) {
        return runtime.shared(HttpTransport.class, r -> maker.get());
    }

    /**
     * An exchanger that spends the shared budgets and tells everybody who wants to know.
     *
     * @param transport what puts requests on the wire
     * @param dialect how the service speaks
     * @param memory what the source learns by; hears of every exchange
     * @return a fresh one
     */
    public Exchanger exchanger(HttpTransport transport, ServiceDialect dialect, ServiceMemory memory) {
        return Exchanger.builder(transport, runtime.time(), runtime.randomness())
                .dialect(dialect)
                .pacer(pacer)
                .breakers(breakers)
                .listener(exchange -> exchange(exchange, memory))
                .build();
    }

    /**
     * What a source knows of its service from earlier sessions, and learns in this one.
     *
     * @param tenant the tenant
     * @param zone where the tenant's people work
     * @param schema what the service says of its answers
     * @param earlier as {@link ServiceMemory#observations} gave it to the last snapshot
     * @return the memory of one session
     */
    public ServiceMemory memory(Scope tenant, ZoneId zone, AnswerSchema schema, Observations earlier) {
        Consumer<DriftEvent> hears = event -> {
            drift.add(event);
            drift.deliver();
        };
        return new ServiceMemory(this, runtime.time(), tenant, zone, schema, earlier, hears);
    }

    /**
     * Sets who examines a tenant when a breaker of it opens: at most every five minutes, on a thread of the runtime. The verdict is logged, and told to the
     * listener.
     *
     * @param tenant the tenant
     * @param doctor examines, given since when requests fail; such as {@code doctor::examine}
     */
    public void examinedBy(Scope tenant, Function<Optional<Instant>, Diagnosis> doctor) {
        examinations.add(tenant, Objects.requireNonNull(doctor));
    }

    /**
     * Examines all tenants for which there is a doctor, one after the other; takes seconds for each of them.
     *
     * @return what was found, by tenant
     */
    public Map<Scope, Diagnosis> examine() {
        return examinations.all();
    }

    /**
     * A listener for one session, which tells the board of the snapshot that it makes: the age of the newest one counts from the start of its session, and
     * how much waits in the ledger is the backlog.
     *
     * @param tenant the tenant
     * @return a fresh one
     */
    public SessionListener session(Scope tenant) {
        Instant[] started = {runtime.time().now()};
        return event -> {
            if (event instanceof SessionEvent.SessionStarted begun) {
                started[0] = begun.at();
            } else if (event instanceof SessionEvent.Committed committed) {
                health.snapshot(tenant, started[0]);
                health.backlog(tenant, committed.waiting(), committed.items());
            }
        };
    }

    /**
     * Forgets a tenant, as when it leaves.
     *
     * @param tenant the tenant
     */
    public void forget(Scope tenant) {
        examinations.forget(tenant);
        health.forget(tenant);
    }

    /**
     * Notices what changed by the passing of time alone, such as the age of the newest snapshot. Every exchange does so as well, so that only a host
     * that shows health while no session runs calls it, once a second.
     */
    public void drive() {
        drivenAt = runtime.time().nanos();
        health.drive();
        if (drivenAt - savedAt >= SAVE_EVERY.toNanos()) {
            saveBudgets();
        }
    }

    private synchronized void saveBudgets() {
        savedAt = runtime.time().nanos();
        if (budgets != null) {
            budgets.store(pacer.save());
        }
    }

    /** Writes down what the next process has to know; called by the runtime when it closes. */
    @Override
    public void close() {
        saveBudgets();
    }

    /** Whether a tenant's calls of earlier processes are still to be told to the board; true once. */
    synchronized boolean remembersFirst(Scope tenant) {
        return remembered.add(tenant);
    }

    private void exchange(ExchangeRecord exchange, ServiceMemory memory) {
        if (exchange.request().scope().at(ScopeLevel.TENANT).isPresent()) {
            health.request(exchange.request().scope(), fate(exchange));
        }
        memory.heard(exchange);
        exchanges.add(exchange);
        exchanges.deliver();
        if (runtime.time().nanos() - drivenAt >= Duration.ofSeconds(1).toNanos()) {
            drive();
        }
    }

    private static RequestFate fate(ExchangeRecord exchange) {
        if (exchange.failure().isEmpty() || exchange.failure().get().speaksForTheService()) {
            return RequestFate.SERVED;
        }
        return exchange.failure().get() == FailureCategory.THROTTLED ? RequestFate.THROTTLED : RequestFate.FAILED;
    }

    private void breaker(BreakerEvent event, ServiceListener listener) {
        health.breaker(event);
        examinations.breaker(event);
        listener.breaker(event);
    }

    private void identity(IdentityEvent event, ServiceListener listener) {
        health.identity(event);
        listener.identity(event);
    }

    /** Puts services together; for one thread. */
    public static final class Builder {
        private final HoldfastRuntime runtime;
        private PacingProfile profile = PacingProfile.unlimited();
        private Duration rpo = Duration.ofHours(24);
        private ServiceListener listener = new ServiceListener() {};
        private @Nullable Path remembering;

        private Builder(HoldfastRuntime runtime) {
            this.runtime = Objects.requireNonNull(runtime, "runtime");
        }

        /**
         * Sets limits in the place of those that connectors bring along: those of a pool, or of a level above all pools, that it names.
         *
         * @param limits the host's own
         * @return this builder
         */
        public Builder profile(PacingProfile limits) {
            this.profile = Objects.requireNonNull(limits);
            return this;
        }

        /**
         * Sets the recovery point objective; 24 hours by default.
         *
         * @param objective how old a tenant's newest snapshot may be, more than zero
         * @return this builder
         */
        public Builder rpo(Duration objective) {
            this.rpo = Objects.requireNonNull(objective);
            return this;
        }

        /**
         * Sets where it is written down what is left of budgets whose period is longer than an hour, so that the next process does not spend them again; by
         * default nowhere. Once a minute, and when the runtime closes.
         *
         * @param folder a folder for caches, such as that of a repository; made when something is written. Losing it loses no data
         * @return this builder
         */
        public Builder remembering(Path folder) {
            this.remembering = Objects.requireNonNull(folder);
            return this;
        }

        /**
         * Sets who hears what happens; nobody by default.
         *
         * @param hears the listener
         * @return this builder
         */
        public Builder listener(ServiceListener hears) {
            this.listener = Objects.requireNonNull(hears);
            return this;
        }

        /**
         * Builds the services and gives them to the runtime.
         *
         * @return the services
         * @throws IllegalStateException if the runtime has some already
         */
        public Services install() {
            Services made = new Services(this);
            if (runtime.shared(Services.class, r -> made) != made) {
                throw new IllegalStateException(
                        "this runtime has its services already; install yours before the first session begins");
            }
            return made;
        }
    }
}
