// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.model.ByteSize;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Time that only waiting moves, seeded randomness, and work that is done in the caller's thread. */
final class SimulatedProcess implements TimeSource {
    private long nanos;
    private final Random random;

    SimulatedProcess(long seed) {
        this.random = new Random(seed);
    }

    HoldfastRuntime runtime() {
        Randomness seeded = random::nextBytes;
        return Holdfast.runtime()
                .time(this)
                .simulatedRandomness(seeded)
                .workers(new InCaller())
                .parallelism(1)
                .memory(ByteSize.mebibytes(64))
                .build();
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public Instant now() {
        return Instant.parse("2030-01-01T00:00:00Z").plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration time) {
        pass(time);
    }

    private static final class InCaller extends AbstractExecutorService {
        private boolean shutdown;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }
}
