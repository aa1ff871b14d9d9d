// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import io.holdfast.model.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one long-lived object of a process that lends time, randomness, threads and memory to connectors, repositories and
 * sessions.
 *
 * <p>Safe for use by several threads. Whoever builds it closes it; closing stops its threads. Sessions that share a runtime share its
 * memory budget. There is no static state: without a runtime, each part makes a private one and closes it.
 */
public final class HoldfastRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HoldfastRuntime.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private final TimeSource time;
    private final Randomness randomness;
    private final ExecutorService workers;
    private final boolean ownsWorkers;
    private final ExecutorService background;
    private final MemoryBudget memory;
    private final int parallelism;
    private final boolean simulated;
    private final Map<Class<?>, Object> shared = new LinkedHashMap<>();

    private HoldfastRuntime(Builder builder) {
        this.time = builder.time;
        this.randomness = builder.randomness;
        this.parallelism = builder.parallelism;
        this.simulated = builder.simulated;
        ExecutorService given = builder.workers;
        this.ownsWorkers = given == null;
        this.workers = given == null ? WorkerThreads.start(parallelism) : given;
        this.background = ownsWorkers || simulated ? workers : WorkerThreads.platform();
        this.memory = new MemoryBudget(builder.memory.orElseGet(HoldfastRuntime::defaultMemory));
    }

    /**
     * Starts a runtime with defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The clock, stop-watch and sleeper.
     *
     * @return the time source
     */
    public TimeSource time() {
        return time;
    }

    /**
     * Whether time is simulated: then nothing may wait in the background, since waiting is what moves the time.
     *
     * @return false in production
     */
    public boolean isSimulated() {
        return simulated;
    }

    /**
     * The source of keys, salts and jitter.
     *
     * @return the randomness
     */
    public Randomness randomness() {
        return randomness;
    }

    /**
     * The threads that do the work; tasks may block.
     *
     * @return an executor that this runtime closes if it made it
     */
    public ExecutorService workers() {
        return workers;
    }

    /**
     * Whether the threads are the host's, who may have given too few: then whoever waits for a task of {@link #workers()} must run it himself
     * if nobody has begun it, or he might wait for ever.
     *
     * @return false if every task has a thread of its own
     */
    public boolean mayLackThreads() {
        return !ownsWorkers;
    }

    /**
     * The threads for what must go on beside the work and ends only with it: the beats of leases, listeners, renewals of tokens. Of its own even if
     * the host gave the workers, unless time is simulated, since a busy pool must neither cost a session its lease nor keep it waiting for a listener.
     *
     * @return an executor that this runtime closes if it made it
     */
    public ExecutorService background() {
        return background;
    }

    /**
     * How many tasks of one session may run at once by default.
     *
     * @return at least 1
     */
    public int parallelism() {
        return parallelism;
    }

    /**
     * The budget that admits content into memory.
     *
     * @return the budget
     */
    public MemoryBudget memory() {
        return memory;
    }

    /**
     * What there is one of for all who share this runtime, such as the services that its connectors talk to. Whoever asks first makes it.
     *
     * @param <T> its type
     * @param kind its type
     * @param maker makes it; must not ask for anything shared itself
     * @return the same for everybody; closed with this runtime if it can be closed
     */
    public <T> T shared(Class<T> kind, Function<? super HoldfastRuntime, ? extends T> maker) {
        synchronized (shared) {
            Object there = shared.get(kind);
            if (there == null) {
                there = Objects.requireNonNull(maker.apply(this), "maker");
                shared.put(kind, there);
            }
            return kind.cast(there);
        }
    }

    /**
     * The default budget: the smaller of 512 MiB and 40 % of the largest heap.
     *
     * @return the size
     */
    public static ByteSize defaultMemory() {
        return ByteSize.bytes(Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 5 * 2));
    }

    @Override
    public void close() {
        closeShared();
        if (ownsWorkers) {
            close(workers);
        } else if (background != workers) {
            close(background);
        }
    }

    private static void close(ExecutorService own) {
        own.shutdown();
        try {
            if (!own.awaitTermination(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                own.shutdownNow();
            }
        } catch (InterruptedException e) {
            own.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void closeShared() {
        List<Object> all;
        synchronized (shared) {
            all = new ArrayList<>(shared.values());
            shared.clear();
        }
        for (Object each : all) {
            if (each instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    // Whoever closes a runtime cannot do anything about it, and the rest is to be closed as well.
                    LOG.warn("closing {} failed: {}", each.getClass().getName(), e.toString());
                }
            }
        }
    }

    /** Puts a runtime together; for one thread, used once. */
    public static final class Builder {
        private TimeSource time = TimeSource.system();
        private Randomness randomness = Randomness.secure();
        private @Nullable ExecutorService workers;
        private Optional<ByteSize> memory = Optional.empty();
        private int parallelism = Math.max(2, Runtime.getRuntime().availableProcessors());
        private boolean simulated;

        private Builder() {}

        /**
         * Sets how many tasks of a session may run at once.
         *
         * @param tasks 1 to 1024
         * @return this builder
         */
        public Builder parallelism(int tasks) {
            if (tasks < 1 || tasks > 1024) {
                throw new IllegalArgumentException("parallelism is " + tasks + "; allowed are 1 to 1024");
            }
            this.parallelism = tasks;
            return this;
        }

        /**
         * Sets the memory budget.
         *
         * @param size at most 60 % of the largest heap
         * @return this builder
         */
        public Builder memory(ByteSize size) {
            long limit = Runtime.getRuntime().maxMemory() / 5 * 3;
            if (size.bytes() > limit) {
                throw new IllegalArgumentException(
                        "memory budget is " + size + ", over 60 % of the largest heap, which is "
                                + ByteSize.bytes(limit) + "; lower it or start the JVM with a larger -Xmx");
            }
            this.memory = Optional.of(size);
            return this;
        }

        /**
         * Sets the threads that do the work; they stay the caller's to close. However few they are, and whatever else keeps them busy, no session
         * waits for ever: who waits for a task that nobody has begun runs it himself, in the end the thread that runs the session. Beside them a
         * session has two threads {@code holdfast-*} of the runtime's own, for its lease and its listener, unless time is simulated.
         *
         * @param executor where tasks run; they may block
         * @return this builder
         */
        public Builder workers(ExecutorService executor) {
            this.workers = Objects.requireNonNull(executor);
            return this;
        }

        /**
         * Sets the time source.
         *
         * @param source clock, stop-watch and sleeper
         * @return this builder
         */
        public Builder time(TimeSource source) {
            this.time = Objects.requireNonNull(source);
            this.simulated = !(source instanceof SystemTimeSource);
            return this;
        }

        /**
         * Sets a reproducible source of randomness, for simulations only: keys made from it are worthless.
         *
         * @param seeded the source
         * @return this builder
         * @throws IllegalStateException if time is not simulated too, which tells a simulation from production
         */
        public Builder simulatedRandomness(Randomness seeded) {
            if (!simulated) {
                throw new IllegalStateException("simulated randomness without simulated time: give time(...) first");
            }
            this.randomness = Objects.requireNonNull(seeded);
            return this;
        }

        /**
         * Builds the runtime and starts its threads.
         *
         * @return a runtime that the caller closes
         */
        public HoldfastRuntime build() {
            return new HoldfastRuntime(this);
        }
    }
}
