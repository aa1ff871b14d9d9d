// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ByteSize;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Memory is bounded by the budget, whatever the number of items or the size of one (I6).
 *
 * <p>Contents are noise, so that what was read and does not lie in the store must lie in memory: at no read may that be more than the budget.
 */
class BoundedMemoryTest {
    private static final long SMALLEST = 25L << 20;

    private static KeyProvider key() {
        return KeyProviders.raw(new byte[32]);
    }

    /** One repository, one session, and a gauge of what is read and not stored. */
    private static final class Run {
        private final SeededRandomness random;
        private final long budget;
        private final double faults;
        private long held;
        private long mostHeld;

        Run(SeededRandomness random, long budget, double faults) {
            this.random = random;
            this.budget = budget;
            this.faults = faults;
        }

        private synchronized void read(long bytes) {
            held += bytes;
            mostHeld = Math.max(mostHeld, held);
        }

        private synchronized void stored(long bytes) {
            held -= bytes;
        }

        /** Counts what arrives, each object once: a put whose outcome is unknown is made again. */
        private ObjectStore counting(ObjectStore store) {
            Set<ObjectName> there = ConcurrentHashMap.newKeySet();
            return new ForwardingObjectStore(store) {
                @Override
                public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
                    PutResult result = inner.put(name, body, options);
                    if (there.add(name)) {
                        stored(body.length());
                    }
                    return result;
                }
            };
        }

        /** Items of all sizes: some longer than the whole budget, and so many small ones that they are longer together. */
        private void fill(NoiseSource source, SeededRandomness random) {
            source.add(budget + random.nextLong(budget));
            for (int i = 0; i < 60; i++) {
                source.add(1 + random.nextInt(1 << random.nextInt(21)));
            }
            source.add(budget / 2 + random.nextLong(budget));
            for (int i = 0; i < 3_000; i++) {
                source.add(1 + random.nextInt(4_000));
            }
        }

        void on(HoldfastRuntime runtime) {
            ObjectStore store = new InMemoryObjectStore();
            NoiseSource source = new NoiseSource(this::read, random.branch("breaks"), 5 * faults);
            fill(source, random.branch("sizes"));
            Repository.create(store, key()).on(runtime).close();
            ObjectStore flaky =
                    new FaultyObjectStore(counting(store), random.branch("net")).atRates(FaultRates.network(faults));

            try (Repository repository = Repository.open(flaky, key()).on(runtime)) {
                BackupReport report = BackupSession.builder()
                        .on(runtime)
                        .from(source)
                        .into(repository)
                        .build()
                        .run();
                assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
            }

            assertThat(mostHeld).isPositive().isLessThanOrEqualTo(budget);
            assertThat(runtime.memory().freeBytes()).isEqualTo(runtime.memory().totalBytes());
            try (Repository repository = Repository.open(store, key()).on(runtime)) {
                assertThat(repository
                                .verify(VerifyRequest.of(VerifyLevel.CONTENT))
                                .sound())
                        .isTrue();
            }
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void oneThreadHoldsNoMoreThanTheBudgetWhateverGoesWrong() {
        for (long seed = 1; seed <= 2; seed++) {
            SeededRandomness random = new SeededRandomness(seed);
            long budget = SMALLEST + random.nextInt(24 << 20);
            try (HoldfastRuntime runtime = Holdfast.runtime()
                    .time(SimTime.create())
                    .simulatedRandomness(random.branch("process"))
                    .workers(new DirectExecutor())
                    .parallelism(1)
                    .memory(ByteSize.bytes(budget))
                    .build()) {
                new Run(random, budget, 0.02).on(runtime);
            }
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyThreadsTogetherHoldNoMoreThanTheBudget() {
        try (HoldfastRuntime runtime = Holdfast.runtime()
                .parallelism(8)
                .memory(ByteSize.bytes(SMALLEST))
                .build()) {
            new Run(new SeededRandomness(8), SMALLEST, 0).on(runtime);
        }
    }
}
