// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Feed;
import io.holdfast.testkit.Fault;
import io.holdfast.testkit.FaultyObjectStore;
import io.holdfast.testkit.ScriptedItem;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SourceFault;
import io.holdfast.testkit.StoreVerb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session promises to listeners and hosts, with real threads. */
class SessionPromisesTest {
    private static final int BOXES = 4;
    private static final int ITEMS = 40;

    private final SimulatedWorld world = new SimulatedWorld(1);

    @BeforeEach
    void someMailboxes() {
        for (int b = 0; b < BOXES; b++) {
            String box = "box" + b;
            world.tenant.resource(box).feed(box, "walk", Feed.Kind.ENUMERATION).feed(box, "log", Feed.Kind.INCREMENTAL);
            for (int i = 0; i < ITEMS; i++) {
                String key = "item" + i;
                world.tenant.put(box, i % 2 == 0 ? "walk" : "log", ScriptedItem.file(key, box + " text " + i));
            }
        }
    }

    private BackupReport threaded(Consumer<BackupSession.Builder> more) {
        try (HoldfastRuntime runtime = Holdfast.runtime().parallelism(8).build();
                Repository repository =
                        Repository.open(world.store, SimulatedWorld.key()).on(runtime)) {
            BackupSession.Builder session = BackupSession.builder()
                    .on(runtime)
                    .from(world.source)
                    .into(repository)
                    .concurrency(8);
            more.accept(session);
            BackupSession built = session.build();
            world.running = Optional.of(built);
            return built.run();
        }
    }

    private void allStored() {
        for (int b = 0; b < BOXES; b++) {
            assertThat(world.stored("box" + b)).isEqualTo(world.model("box" + b));
        }
    }

    @Test
    void eventsComeInOrderOneAtATimeOnThreadsOfTheRuntime() {
        List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        threaded(session -> session.listener(event -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            threads.add(Thread.currentThread().getName());
            events.add(event);
            inside.decrementAndGet();
        }));

        assertThat(most).hasValue(1);
        assertThat(threads).allMatch(name -> name.startsWith("holdfast-"));
        assertThat(events.get(0)).isInstanceOf(SessionEvent.SessionStarted.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(SessionEvent.SessionEnded.class);
        assertThat(events)
                .filteredOn(SessionEvent.ResourceEnded.class::isInstance)
                .hasSize(BOXES);
        assertThat(events).filteredOn(SessionEvent.Committed.class::isInstance).hasSize(1);
    }

    @Test
    void everyTroubleIsToldHoweverManyThereAre() {
        for (int i = 0; i < 3000; i++) {
            world.tenant.put("box0", "walk", ScriptedItem.file("bad" + i, "never read"));
        }
        world.source.pageSize(500).always(SourceFault.UNREADABLE, "");
        AtomicInteger troubles = new AtomicInteger();
        BackupReport report = threaded(session -> session.listener(event -> {
            if (event instanceof SessionEvent.ItemTrouble) {
                troubles.incrementAndGet();
            }
        }));

        assertThat(report.items().failed()).isEqualTo(3000 + BOXES * ITEMS);
        assertThat(troubles).hasValue(3000 + BOXES * ITEMS);
    }

    @Test
    void aListenerThatThrowsHarmsNothing() {
        SessionListener broken = event -> {
            if (event.kind() == SessionEvent.Kind.RESOURCE_STARTED) {
                throw new NoClassDefFoundError("a host that was built badly");
            }
            throw new IllegalStateException("a host that is broken");
        };
        BackupReport report = threaded(session -> session.listener(broken));

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        allStored();
    }

    @Test
    void noThreadIsLeftWhenTheRuntimeIsClosed() throws InterruptedException {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        threaded(session -> session.listener(event -> seen.add(Thread.currentThread())));
        for (Thread each : seen) {
            each.join(30_000);
        }

        assertThat(seen).isNotEmpty().noneMatch(Thread::isAlive);
    }

    @Test
    void aSessionThatIsStoppedEndsInOrderAndTheNextOneFinishes() {
        world.source.before(
                world.source.calls() + 9, () -> world.running.orElseThrow().stop());
        BackupReport stopped = threaded(session -> {});

        assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(stopped.snapshot()).isEmpty();
        assertThat(threaded(session -> {}).outcome()).isEqualTo(Outcome.COMPLETE);
        allStored();
    }

    /** Whether a pack was written does not matter, since its name is the hash of its bytes; why the session ended does. */
    @Test
    void aStoreThatVanishesAfterAPackOfUnknownOutcomeIsWhatTheHostIsTold() {
        FaultyObjectStore vanishing = new FaultyObjectStore(world.store, new SeededRandomness(1))
                .script(Fault.failAfter(StoreVerb.PUT, "meta/"))
                .script(Fault.failBefore(StoreVerb.PUT, "meta/").saying(ErrorCode.STORE_PLACE_MISSING));

        assertThatThrownBy(() -> world.backup(vanishing, session -> {}))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_PLACE_MISSING));
        vanishing.assertAllFired();
        assertThat(world.backup().outcome()).isEqualTo(Outcome.COMPLETE);
        allStored();
    }

    @Test
    void anInterruptIsAWishToStop() {
        Thread session = Thread.currentThread();
        world.source.before(world.source.calls() + 9, session::interrupt);
        BackupReport report = threaded(builder -> {});
        boolean interrupted = Thread.interrupted();

        // It may come after the last waiting of the session's own thread: then the session is done, and the host still
        // hears of it.
        assertThat(report.outcome()).isIn(Outcome.STOPPED, Outcome.COMPLETE);
        assertThat(interrupted).isTrue();
        assertThat(threaded(builder -> {}).outcome()).isEqualTo(Outcome.COMPLETE);
        allStored();
    }

    /** Every thread of the session stands still until the interrupted one has understood. */
    @Test
    void anInterruptEndsWhatOtherThreadsHaveBegunToo() {
        Thread session = Thread.currentThread();
        long ninth = world.source.calls() + 9;
        world.source.before(ninth, session::interrupt);
        for (long call = ninth + 1; call < ninth + 1000; call++) {
            world.source.before(call, () -> awaitIn(session, "awaitQuietly"));
        }
        BackupReport report = threaded(builder -> {});

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(report.items().stored()).isLessThan(BOXES * ITEMS);
        world.source.heal();
        assertThat(threaded(builder -> {}).outcome()).isEqualTo(Outcome.COMPLETE);
        allStored();
    }

    private static void awaitIn(Thread thread, String method) {
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals(method))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void manyThreadsAndOneGiveTheSameState() {
        BackupReport many = threaded(session -> {});

        assertThat(many.snapshot().orElseThrow().digest())
                .isEqualTo(world.backupOfFreshRepository().digest());
    }

    @Test
    void manySessionsOfManyThreadsLoseNothing() {
        SeededRandomness random = new SeededRandomness(7);
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 10; i++) {
                String box = "box" + random.nextInt(BOXES);
                String key = "item" + random.nextInt(ITEMS);
                world.tenant.put(box, "log", ScriptedItem.file(key, "round " + round + " of " + i));
            }
            world.source
                    .pageSize(1 + random.nextInt(9))
                    .batchSize(1 + random.nextInt(4))
                    .atRate(SourceFault.BROKEN, 0.05)
                    .atRate(SourceFault.REPEAT, 0.1);
            BackupReport report = threaded(session -> {});
            Checker.addUp(report.items());
            world.source.heal();
            assertThat(report.outcome()).as("round %s", round).isEqualTo(Outcome.COMPLETE);
        }
        allStored();
        assertThat(world.stored("box0")).hasSize(ITEMS);
    }
}
