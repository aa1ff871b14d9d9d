// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.observe.SessionEvent;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Feed;
import io.holdfast.testkit.ScriptedItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that lends the runtime few threads, or none that is free: everything takes longer, and nothing waits for ever. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FewThreadsTest {
    private static final int BOXES = 20;
    private static final int ITEMS = 30;

    private final SimulatedWorld world = new SimulatedWorld(1);

    FewThreadsTest() {
        world.source.batchSize(3);
        for (int b = 0; b < BOXES; b++) {
            String box = "box" + b;
            world.tenant.resource(box).feed(box, "walk", Feed.Kind.ENUMERATION);
            for (int i = 0; i < ITEMS; i++) {
                world.tenant.put(box, "walk", ScriptedItem.file("item" + i, box + " text " + i));
            }
        }
    }

    private static HoldfastRuntime runtime(ExecutorService workers) {
        return Holdfast.runtime().workers(workers).parallelism(8).build();
    }

    private BackupReport backup(HoldfastRuntime runtime, Repository repository, List<SessionEvent> events) {
        return BackupSession.builder()
                .on(runtime)
                .from(world.source)
                .into(repository)
                .concurrency(8)
                .listener(events::add)
                .build()
                .run();
    }

    /** Backs up, verifies and restores, and tells what the listener heard. */
    private List<SessionEvent> everything(ExecutorService workers, Path folder) {
        List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());
        try (HoldfastRuntime runtime = runtime(workers);
                Repository repository =
                        Repository.open(world.store, SimulatedWorld.key()).on(runtime)) {
            BackupReport report = backup(runtime, repository, events);
            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(repository.proveStore().proves(StoreProof.Ability.CONDITIONAL_CREATE))
                    .isTrue();
            assertThat(repository.verify(VerifyRequest.of(VerifyLevel.CONTENT)).sound())
                    .isTrue();
            RestoreReport restored = RestoreSession.builder()
                    .on(runtime)
                    .from(repository)
                    .snapshot(report.snapshot().orElseThrow())
                    .to(RestoreTargets.directory(folder))
                    .build()
                    .run();
            assertThat(restored.restored()).isEqualTo(BOXES * ITEMS);
        }
        return events;
    }

    @Test
    void oneThreadIsEnough(@TempDir Path folder) {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            assertThat(everything(one, folder))
                    .filteredOn(SessionEvent.ResourceEnded.class::isInstance)
                    .hasSize(BOXES);
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void threeThreadsAreEnough(@TempDir Path folder) {
        ExecutorService three = Executors.newFixedThreadPool(3);
        try {
            assertThat(everything(three, folder))
                    .filteredOn(SessionEvent.ResourceEnded.class::isInstance)
                    .hasSize(BOXES);
        } finally {
            three.shutdownNow();
        }
    }

    @Test
    void aPoolThatIsBusyWithOtherWorkKeepsNoSessionWaiting(@TempDir Path folder) {
        ExecutorService busy = Executors.newSingleThreadExecutor();
        CountDownLatch over = new CountDownLatch(1);
        Future<?> other = busy.submit(() -> {
            over.await();
            return null;
        });
        try {
            assertThat(everything(busy, folder))
                    .filteredOn(SessionEvent.ResourceEnded.class::isInstance)
                    .hasSize(BOXES);
            assertThat(other).isNotDone();
        } finally {
            over.countDown();
            busy.shutdownNow();
        }
    }

    @Test
    void sessionsMayRunOnTheVeryThreadsThatTheyAreLent(@TempDir Path folder)
            throws ExecutionException, InterruptedException {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Future<List<SessionEvent>> session = two.submit(() -> everything(two, folder.resolve("first")));
            SimulatedWorld[] others = {new FewThreadsTest().world, new FewThreadsTest().world};
            List<Future<Outcome>> more = new ArrayList<>();
            for (SimulatedWorld other : others) {
                more.add(two.submit(() -> {
                    try (HoldfastRuntime runtime = runtime(two);
                            Repository repository = Repository.open(other.store, SimulatedWorld.key())
                                    .on(runtime)) {
                        return BackupSession.builder()
                                .on(runtime)
                                .from(other.source)
                                .into(repository)
                                .build()
                                .run()
                                .outcome();
                    }
                }));
            }

            assertThat(session.get()).isNotEmpty();
            for (Future<Outcome> each : more) {
                assertThat(each.get()).isEqualTo(Outcome.COMPLETE);
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void theRuntimeLeavesNoThreadOfItsOwn(@TempDir Path folder) throws InterruptedException {
        ExecutorService one = Executors.newSingleThreadExecutor();
        List<Thread> listeners = Collections.synchronizedList(new ArrayList<>());
        try {
            try (HoldfastRuntime runtime = runtime(one);
                    Repository repository =
                            Repository.open(world.store, SimulatedWorld.key()).on(runtime)) {
                BackupSession.builder()
                        .on(runtime)
                        .from(world.source)
                        .into(repository)
                        .listener(event -> listeners.add(Thread.currentThread()))
                        .build()
                        .run();
            }
            assertThat(one.isShutdown()).isFalse();
            for (Thread each : listeners) {
                each.join(30_000);
            }
            assertThat(listeners)
                    .allMatch(each -> each.getName().startsWith("holdfast-"))
                    .noneMatch(Thread::isAlive);
        } finally {
            one.shutdownNow();
        }
    }
}
