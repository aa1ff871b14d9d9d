// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.ByteSize;
import io.holdfast.model.SourceId;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.testkit.DirectExecutor;
import io.holdfast.testkit.SimTime;
import io.holdfast.testkit.SourceFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One life of a tenant, lived with threads of each kind, comes out the same. */
class ThreadKindsTest {
    private static final int SEEDS = 6;
    private static final Instant START = SimTime.create().now();
    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    private final Set<Thread> listeners = ConcurrentHashMap.newKeySet();

    /** How a life ended. */
    private record Ending(ManifestDigest digest, Map<String, Map<String, String>> contents) {}

    /** One life, in which every session is a process with threads of one kind. */
    private final class Life {
        private final SimulatedWorld world;
        private final TenantLife life;
        private final Function<HoldfastRuntime.Builder, HoldfastRuntime.Builder> threads;

        Life(long seed, Function<HoldfastRuntime.Builder, HoldfastRuntime.Builder> threads) {
            this.world = new SimulatedWorld(seed);
            this.life = new TenantLife(world.tenant, world.random.branch("life"));
            this.threads = threads;
        }

        private <T> T process(Function<HoldfastRuntime, T> use) {
            HoldfastRuntime.Builder builder =
                    Holdfast.runtime().time(world.time).parallelism(8).memory(ByteSize.mebibytes(64));
            try (HoldfastRuntime runtime = threads.apply(builder).build()) {
                return use.apply(runtime);
            }
        }

        private BackupReport backup() {
            return process(runtime -> {
                try (Repository repository =
                        Repository.open(world.store, SimulatedWorld.key()).on(runtime)) {
                    return BackupSession.builder()
                            .on(runtime)
                            .from(world.source)
                            .into(repository)
                            .concurrency(8)
                            .listener(event -> listeners.add(Thread.currentThread()))
                            .build()
                            .run();
                }
            });
        }

        Ending live() {
            life.found();
            for (int round = 0; round < 4; round++) {
                world.source
                        .pageSize(1 + round)
                        .batchSize(2)
                        .atRate(SourceFault.TRANSIENT, 0.1)
                        .atRate(SourceFault.BREAK_PAGE, 0.1)
                        .atRate(SourceFault.BROKEN, 0.1)
                        .atRate(SourceFault.BREAK_OFF, 0.1);
                Checker.addUp(backup().items());
                world.source.heal();
                untilDay(1 + round);
                life.live(15);
            }
            life.settle();
            for (int i = 0; i < 3; i++) {
                world.time.advance(Duration.ofDays(8));
                backup();
            }
            life.forgetAllCursors();
            BackupReport last = backup();
            assertThat(last.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
            return ending();
        }

        /** How long retries wait is drawn in another order by each kind; when items change must not depend on it. */
        private void untilDay(int day) {
            Duration left = Duration.between(world.time.now(), START.plus(Duration.ofDays(day)));
            assertThat(left).isPositive();
            world.time.advance(left);
        }

        private Ending ending() {
            return process(runtime -> {
                try (Repository repository =
                        Repository.open(world.store, SimulatedWorld.key()).on(runtime)) {
                    var newest = repository.snapshot(new SourceId(SimulatedWorld.SOURCE), OptionalLong.empty());
                    assertThat(repository
                                    .verify(VerifyRequest.of(VerifyLevel.CONTENT))
                                    .sound())
                            .isTrue();
                    return new Ending(newest.digest(), Restored.of(repository, newest));
                }
            });
        }

        ManifestDigest ofFreshRepository() {
            return world.backupOfFreshRepository().digest();
        }
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (ReflectiveOperationException none) {
            return false;
        }
    }

    @Test
    void oneThreadPlatformThreadsAndTheRuntimesOwnGiveTheSameStates() {
        ExecutorService platform = Executors.newCachedThreadPool();
        try {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Life alone = new Life(
                        seed, runtime -> runtime.workers(new DirectExecutor()).parallelism(1));
                Ending wanted = alone.live();

                assertThat(wanted.digest()).as("seed %s", seed).isEqualTo(alone.ofFreshRepository());
                assertThat(new Life(seed, runtime -> runtime.workers(platform)).live())
                        .as("seed %s, platform threads", seed)
                        .isEqualTo(wanted);
                assertThat(new Life(seed, runtime -> runtime).live())
                        .as("seed %s, the runtime's own threads", seed)
                        .isEqualTo(wanted);
            }
        } finally {
            platform.shutdownNow();
        }
    }

    /** So that the test above compares what it says on the Java that it runs on. */
    @Test
    void theRuntimesOwnThreadsAreVirtualWhereJavaHasThem() {
        new Life(1, runtime -> runtime).live();

        boolean has = Runtime.version().feature() >= FIRST_JAVA_WITH_VIRTUAL_THREADS;
        assertThat(listeners).isNotEmpty().allMatch(thread -> isVirtual(thread) == has);
    }
}
