// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.SessionException;
import io.holdfast.error.SourceException;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.pipeline.BackupEngine;
import io.holdfast.internal.pipeline.BackupPlan;
import io.holdfast.internal.pipeline.DryRun;
import io.holdfast.internal.pipeline.SessionCounts;
import io.holdfast.internal.pipeline.SessionCounts.Finding;
import io.holdfast.internal.pipeline.SessionCounts.Outcome;
import io.holdfast.internal.pipeline.SessionResult;
import io.holdfast.internal.pipeline.StopSwitch;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.model.ByteSize;
import io.holdfast.model.ResourceId;
import io.holdfast.observe.SessionListener;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.services.Services;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.SourceConnector;
import io.holdfast.store.ObjectStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run that brings a repository up to date with a source: incremental, resumable, and without effect when nothing changed.
 *
 * <p>A session object runs once; idempotence is between sessions: run another, and only changes are read and written. {@link #run} blocks;
 * {@link #stop} may be called from any thread.
 */
public final class BackupSession {
    private final SourceConnector connector;
    private final Optional<Repository> repository;
    private final Optional<RepositoryBuilder> opening;
    private final Selection selection;
    private final boolean retryFailures;
    private final RetryPolicy policy;
    private final int concurrency;
    private final Optional<ByteSize> memory;
    private final SessionListener listener;
    private final @Nullable HoldfastRuntime runtime;
    private final StopSwitch stop = new StopSwitch();
    private final AtomicBoolean begun = new AtomicBoolean();

    private BackupSession(Builder builder) {
        this.connector = required(builder.connector, "from", "the source");
        this.repository = Optional.ofNullable(builder.repository);
        this.opening = repository.isPresent() ? Optional.empty() : Optional.of(builder.opening());
        this.selection = builder.selection;
        this.retryFailures = builder.retryFailures;
        this.policy = builder.policy;
        this.concurrency = builder.concurrency;
        this.memory = builder.memory;
        this.listener = builder.listener;
        this.runtime = builder.runtime;
    }

    static <T> T required(@Nullable T part, String method, String what) {
        if (part == null) {
            throw new IllegalArgumentException("the session lacks " + what + "; give it with " + method + "(...)");
        }
        return part;
    }

    /**
     * Starts putting a session together.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs the session.
     *
     * @return what it did; troubles of items and resources are reported there
     * @throws io.holdfast.error.RepositoryBusyException if another session of this source is at work
     * @throws io.holdfast.error.SourceException if the source cannot be opened or listed
     * @throws io.holdfast.error.HoldfastException if the repository or its store fails
     */
    public BackupReport run() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("a session runs once; build another one");
        }
        HoldfastRuntime given = runtime;
        if (given != null) {
            return run(given);
        }
        try (HoldfastRuntime own = Holdfast.runtime().build()) {
            return run(own);
        }
    }

    /**
     * Predicts what this session would cost: calls, units, bytes and time. Lists the source's resources and reads the newest snapshot's counts; nothing
     * else is asked for, nothing is stored, and the session can still be run.
     *
     * @return the forecast
     * @throws SourceException if the resources cannot be listed
     * @throws io.holdfast.error.RepositoryException if the repository cannot be read
     */
    public SessionForecast forecast() {
        HoldfastRuntime given = runtime;
        if (given != null) {
            return forecast(given);
        }
        try (HoldfastRuntime own = Holdfast.runtime().build()) {
            return forecast(own);
        }
    }

    private SessionForecast forecast(HoldfastRuntime on) {
        if (repository.isPresent()) {
            return forecast(on, repository.get());
        }
        try (Repository own = opening.orElseThrow().on(on)) {
            return forecast(on, own);
        }
    }

    private SessionForecast forecast(HoldfastRuntime on, Repository over) {
        Map<ResourceId, ResourcePast> past = new HashMap<>();
        over.latest(connector.id())
                .ifPresent(snapshot -> over.resources(snapshot)
                        .forEach(each ->
                                past.put(each.id(), new ResourcePast(each.items(), each.containers(), each.bytes()))));
        DryRun dryRun = DryRun.of(connector, selection::covers, policy, on, past);
        return new SessionForecast(
                dryRun.planned(), dryRun.unknown(), Services.of(on).pacer().forecast(dryRun.work(), tasksAtOnce(on)));
    }

    private int tasksAtOnce(HoldfastRuntime on) {
        return concurrency > 0 ? concurrency : on.parallelism();
    }

    private BackupReport run(HoldfastRuntime on) {
        if (repository.isPresent()) {
            return run(on, repository.get());
        }
        try (Repository own = opening.orElseThrow().on(on)) {
            return run(on, own);
        }
    }

    private BackupReport run(HoldfastRuntime on, Repository into) {
        try (SessionMemory bytes = memory.map(SessionMemory::of).orElseGet(() -> SessionMemory.share(on));
                SessionWork work = into.engine().begin(connector.id(), connector.tenant(), bytes.budget())) {
            BackupPlan plan = new BackupPlan(
                    connector,
                    selection::covers,
                    retryFailures,
                    policy,
                    on,
                    bytes.budget(),
                    tasksAtOnce(on),
                    into.engine().chunker(),
                    listener);
            return report(new BackupEngine(plan, work, stop).run());
        } catch (FailureException e) {
            // Material for the engine's decisions; what a host hears has a code and a remedy.
            throw new SourceException(
                    ErrorCode.SOURCE_REQUEST,
                    "source '" + connector.id() + "' failed as a whole: "
                            + e.failure().category() + ": " + e.getMessage(),
                    "Run the session again later; what is stored is kept",
                    e);
        }
    }

    /** Asks the session for a checkpoint and an orderly end; {@link #run} then returns a report with outcome {@code STOPPED}. */
    public void stop() {
        stop.set();
    }

    private static BackupReport report(SessionResult result) {
        return new BackupReport(
                BackupReport.Outcome.valueOf(result.outcome().name()),
                result.snapshot(),
                new BackupReport.Resources(result.discovered(), result.notCaughtUp()),
                items(result.counts(), result.open()),
                audit(result.counts()),
                new BackupReport.Bytes(
                        result.counts().bytesRead(),
                        result.volume().newPlainBytes(),
                        result.volume().newStoredBytes()),
                new BackupReport.Requests(
                        result.requests().total(),
                        result.requests().throttled(),
                        result.requests().byOperation(),
                        result.volume().storeRequests()),
                result.failures(),
                result.duration());
    }

    private static BackupReport.Audit audit(SessionCounts counts) {
        return new BackupReport.Audit(
                counts.audited(),
                counts.of(Finding.ADDED),
                counts.of(Finding.CHANGED),
                counts.of(Finding.MOVED),
                counts.of(Finding.REMOVED),
                counts.unauditedListings());
    }

    private static BackupReport.Items items(SessionCounts counts, ResourceState.OpenCounts open) {
        return new BackupReport.Items(
                counts.handled(),
                counts.of(Outcome.STORED),
                counts.of(Outcome.UNCHANGED),
                counts.of(Outcome.REMOVED),
                counts.of(Outcome.GONE),
                counts.of(Outcome.SKIPPED),
                counts.of(Outcome.DEGRADED),
                counts.of(Outcome.FAILED),
                open.stale(),
                open.waiting());
    }

    /** Puts a session together; for one thread. Each part is given once. */
    public static final class Builder {
        private @Nullable SourceConnector connector;
        private @Nullable Repository repository;
        private @Nullable ObjectStore store;
        private @Nullable KeyProvider keys;
        private Encryptor encryptor = Encryptor.aes256Gcm();
        private @Nullable HoldfastRuntime runtime;
        private Selection selection = Selection.all();
        private RetryPolicy policy = RetryPolicy.defaults();
        private Optional<ByteSize> memory = Optional.empty();
        private SessionListener listener = SessionListener.none();
        private boolean retryFailures;
        private int concurrency;

        private Builder() {}

        /**
         * Sets the runtime; without one the session makes its own and closes it.
         *
         * @param shared the runtime, which stays the caller's to close
         * @return this builder
         */
        public Builder on(HoldfastRuntime shared) {
            this.runtime = once(runtime, shared, "on");
            return this;
        }

        /**
         * Sets the source.
         *
         * @param source the connector
         * @return this builder
         */
        public Builder from(SourceConnector source) {
            this.connector = once(connector, source, "from");
            return this;
        }

        /**
         * Sets the repository.
         *
         * @param open an open repository, which stays the caller's to close
         * @return this builder
         */
        public Builder into(Repository open) {
            this.repository = once(repository, open, "into");
            return this;
        }

        /**
         * Sets the store of a repository that the session opens, never creates, and closes; {@link #encryptedBy} goes with it.
         *
         * @param place where the repository is; stays the caller's to close
         * @return this builder
         */
        public Builder into(ObjectStore place) {
            this.store = once(store, place, "into");
            return this;
        }

        /**
         * Sets what opens the repository that {@link #into(ObjectStore)} names.
         *
         * @param suite the suite of authenticated encryption
         * @param provider what opens one of its key slots
         * @return this builder
         */
        public Builder encryptedBy(Encryptor suite, KeyProvider provider) {
            this.encryptor = Objects.requireNonNull(suite);
            this.keys = once(keys, provider, "encryptedBy");
            return this;
        }

        private RepositoryBuilder opening() {
            ObjectStore place = required(store, "into", "the repository");
            KeyProvider provider = required(keys, "encryptedBy", "the key of the repository");
            return Repository.open(place, provider).encryptor(encryptor);
        }

        /**
         * Sets which resources are visited; the others are carried forward unchanged.
         *
         * @param resources criteria for resources; criteria for items are for restores only
         * @return this builder
         */
        public Builder selecting(Selection resources) {
            if (!resources.items().isEmpty() || resources.path().isPresent()) {
                throw new IllegalArgumentException(
                        "a backup selects resources, not items or paths: " + resources + "; leave those out");
            }
            this.selection = resources;
            return this;
        }

        /**
         * Sets how failed operations on the source are tried again.
         *
         * @param retryPolicy the policy
         * @return this builder
         */
        public Builder retrying(RetryPolicy retryPolicy) {
            this.policy = Objects.requireNonNull(retryPolicy);
            return this;
        }

        /**
         * Tries every open ledger entry now, whether it is due or not.
         *
         * @return this builder
         */
        public Builder retryFailures() {
            this.retryFailures = true;
            return this;
        }

        /**
         * Sets how many tasks work at once; the runtime's parallelism by default.
         *
         * @param tasks 1 to 1024
         * @return this builder
         */
        public Builder concurrency(int tasks) {
            if (tasks < 1 || tasks > 1024) {
                throw new IllegalArgumentException("concurrency is " + tasks + "; allowed are 1 to 1024");
            }
            this.concurrency = tasks;
            return this;
        }

        /**
         * Gives the session bytes of its own for what content occupies in memory. By default it takes a share of the runtime's budget, and waits
         * until other sessions leave it one.
         *
         * @param size at least 25 MiB; below 96 MiB packs become small
         * @return this builder
         */
        public Builder memoryBudget(ByteSize size) {
            if (size.compareTo(SessionMemory.LEAST) < 0) {
                throw new IllegalArgumentException(
                        "memory budget is " + size + "; a session needs at least " + SessionMemory.LEAST);
            }
            this.memory = Optional.of(size);
            return this;
        }

        /**
         * Sets who hears of events.
         *
         * @param sessionListener the listener
         * @return this builder
         */
        public Builder listener(SessionListener sessionListener) {
            this.listener = Objects.requireNonNull(sessionListener);
            return this;
        }

        /**
         * Builds the session; nothing is sent before it runs.
         *
         * @return a session that runs once
         * @throws IllegalArgumentException if source or repository is missing
         */
        public BackupSession build() {
            return new BackupSession(this);
        }

        static <T> T once(@Nullable T before, T now, String method) {
            if (before != null) {
                throw new SessionException(
                        ErrorCode.SESSION_CONFIGURATION,
                        method + "(...) was given twice: " + before + " and " + now,
                        "Give each part of a session once");
            }
            return Objects.requireNonNull(now, method);
        }
    }
}
