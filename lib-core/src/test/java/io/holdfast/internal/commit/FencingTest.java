// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static io.holdfast.internal.commit.SnapshotLogTest.markers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.internal.format.ProgressRecord;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.store.StoreCapabilities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FencingTest {
    private static final long ELSEWHERE = 1000;

    /** A session as the engine runs one: claim, a checkpoint, commit, cleaning up, release. */
    private static StoredRecord run(World.Session session, String marker) {
        try (LineageClaim claim = session.claim()) {
            checkpoint(session, claim);
            claim.lease().requireHeld();
            StoredRecord stored =
                    session.log.commit(claim.head(), World.draft(claim.epoch(), session.retired.newest(), marker));
            claim.committed(stored);
            session.progress.clean(stored.id().number());
            return stored;
        }
    }

    static String checkpoint(World.Session session, LineageClaim claim) {
        return session.progress.write(new ProgressRecord(
                claim.head().base(),
                claim.epoch(),
                session.progress.nextNumber(claim.head(), claim.epoch()),
                session.log.lineage(),
                session.retired.newest(),
                List.of(),
                new byte[] {1},
                List.of(),
                session.repository.runtime().time().now(),
                session.repository.runtime().time().now()));
    }

    @Test
    void aCleanSuccessorNeedsNoFence() {
        World world = World.conditional();
        world.create();
        run(world.session(ELSEWHERE), "a");
        run(world.session(1), "b");

        List<SnapshotRecord.Type> types = new ArrayList<>();
        world.session(2).log.forEachRecord(stored -> types.add(stored.record().type()));
        assertThat(types).containsExactly(SnapshotRecord.Type.SNAPSHOT, SnapshotRecord.Type.SNAPSHOT);
        assertThat(world.session(2).log.head().highestEpoch()).isEqualTo(1);
    }

    @Test
    void whoTakesOverFirstCommitsAFenceWithTheParentsStateAndAHigherEpoch() {
        World world = World.conditional();
        world.create();
        run(world.session(ELSEWHERE), "a");
        world.session(ELSEWHERE).claim();

        LineageClaim claim = world.session(1).claim();

        StoredRecord fence = claim.head().newest().orElseThrow();
        assertThat(fence.record().type()).isEqualTo(SnapshotRecord.Type.FENCE);
        assertThat(fence.id().number()).isEqualTo(2);
        assertThat(World.marker(fence)).isEqualTo("a");
        assertThat(fence.record().epoch()).isEqualTo(2).isEqualTo(claim.epoch());
        assertThat(markers(world.session(2))).containsExactly("a");
    }

    @Test
    void aLineageWithoutAnyRecordIsFencedToo() {
        World world = World.conditional();
        world.create();
        World.Session frozen = world.session(ELSEWHERE);
        LineageClaim old = frozen.claim();

        run(world.session(1), "new");

        assertThatThrownBy(() -> frozen.log.commit(old.head(), World.draft(old.epoch(), 0, "old")))
                .isInstanceOf(CommitLostException.class);
        assertThat(markers(world.session(2))).containsExactly("new");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWriterFrozenBeforeAnyStoreCallForLongerThanItsLeaseNeverUndoesWhatCameMeanwhile(boolean conditional) {
        StoreCapabilities capabilities = conditional ? World.ABLE : World.FORKING;
        int lost = 0;
        for (int k = 1; ; k++) {
            World world = new World(capabilities, k);
            world.create();
            run(world.session(ELSEWHERE + 1), "before");
            FreezeAt freeze = new FreezeAt(k, () -> run(world.session(1), "meanwhile"));
            World.Session frozen = world.session(ELSEWHERE, world.store, Witness.none());
            World.Session gated = new World.Session(world, ELSEWHERE, through(frozen, freeze, world), Witness.none());
            freeze.arm();
            Optional<StoredRecord> stored = Optional.empty();
            try {
                stored = Optional.of(run(gated, "frozen"));
            } catch (HoldfastException told) {
                lost++;
                assertThat(told.code()).as("call " + k).isIn(ErrorCode.COMMIT_LOST, ErrorCode.REPOSITORY_BUSY);
            }
            if (!freeze.fired()) {
                assertThat(stored).isPresent();
                assertThat(k).isGreaterThan(12);
                break;
            }
            List<String> kept = markers(world.session(2));
            assertThat(kept).as("call " + k).contains("before", "meanwhile");
            assertThat(kept.contains("frozen")).as("call " + k).isEqualTo(stored.isPresent());
            assertThat(World.marker(run(world.session(3), "after"))).isEqualTo("after");
        }
        assertThat(lost).isPositive();
    }

    private static UnlockedRepository through(World.Session session, HookedStore.Hook hook, World world) {
        UnlockedRepository r = session.repository;
        return new UnlockedRepository(
                new HookedStore(world.store, hook),
                r.runtime(),
                r.descriptor(),
                r.descriptorId(),
                r.keys(),
                r.ring(),
                r.slot());
    }

    /** A process that stops before its k-th store call, lets another act, and goes on as if no time had passed. */
    private static final class FreezeAt implements HookedStore.Hook {
        private final int call;
        private final Runnable meanwhile;
        private int count;
        private boolean armed;

        FreezeAt(int call, Runnable meanwhile) {
            this.call = call;
            this.meanwhile = meanwhile;
        }

        void arm() {
            armed = true;
        }

        boolean fired() {
            return count >= call;
        }

        @Override
        public void before(HookedStore.Call made) {
            if (armed && ++count == call) {
                meanwhile.run();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionKilledAtAnyCallIsTakenOverAtOnceAndItsCheckpointIsFoundAgain(boolean conditional) {
        StoreCapabilities capabilities = conditional ? World.ABLE : World.FORKING;
        for (int k = 1; ; k++) {
            World world = new World(capabilities, k);
            world.create();
            run(world.session(1), "before");
            CrashAt crash = new CrashAt(k, k % 2 == 0);
            UnlockedRepository doomed = through(world.session(2), crash, world);
            boolean died = true;
            try {
                run(new World.Session(world, 2, doomed, Witness.none()), "killed");
                died = false;
            } catch (CrashAt.Died expected) {
                world.alive.remove(2L);
            }
            long then = world.time.nanos();
            List<String> progress = world.names("progress/");
            boolean committed = markers(world.session(4)).contains("killed");

            World.Session next = world.session(3);
            try (LineageClaim claim = next.claim()) {
                boolean found = claim.progress().isPresent();
                assertThat(found).as("call " + k).isEqualTo(!committed && !progress.isEmpty());
            }

            assertThat(world.time.nanos()).as("no waiting at call " + k).isEqualTo(then);
            run(world.session(3), "after");
            assertThat(markers(world.session(4)))
                    .as("call " + k)
                    .startsWith("after")
                    .endsWith("before");
            if (!died) {
                break;
            }
        }
    }

    @Test
    void fiftyKillsInARowKeepTheFirstCheckpointAlive() {
        World world = World.conditional();
        world.create();
        run(world.session(1), "base");
        World.Session first = world.session(2);
        String checkpoint = checkpoint(first, first.claim());
        world.alive.remove(2L);

        for (long pid = 10; pid < 60; pid++) {
            LineageClaim claim = world.session(pid).claim();
            assertThat(claim.progress()).map(ProgressLog.Stored::name).hasValue(checkpoint);
            world.alive.remove(pid);
        }

        assertThat(markers(world.session(3))).containsExactly("base");
        run(world.session(4), "done");
        assertThat(world.names("progress/")).isEmpty();
    }

    @Test
    void aSessionThatFailsBeforeItsFenceLeavesTheTakeOverToTheNext() {
        World world = World.conditional();
        world.create();
        run(world.session(1), "a");
        world.session(2).claim();
        world.alive.remove(2L);
        HookedStore failing = new HookedStore(world.store, call -> {
            if (call.isPutOf("snapshots/")) {
                throw new io.holdfast.error.StoreException(ErrorCode.STORE_FULL, "full", "");
            }
        });
        assertCode(
                ErrorCode.STORE_FULL,
                () -> world.session(3, failing, Witness.none()).claim());

        LineageClaim claim = world.session(4).claim();

        assertThat(claim.lease().isTakenOver()).isTrue();
        assertThat(claim.head().newest().orElseThrow().record().type()).isEqualTo(SnapshotRecord.Type.FENCE);
    }

    @Test
    void theLeaseIsAWitnessOfTheNewestRecord() {
        World world = World.conditional();
        world.create();
        run(world.session(1), "a");
        StoredRecord second = run(world.session(1), "b");
        world.store.delete(
                ObjectNames.record(second.record().lineage(), second.id().number()));

        assertCode(ErrorCode.REPOSITORY_ROLLED_BACK, () -> world.session(1).claim());
        assertThat(world.names("snapshots/")).hasSize(1);
    }

    @Test
    void aSessionWithoutChangeNeedsNoLeaseSinceItsRecordIsItsFence() {
        World world = World.conditional();
        world.create();
        World.Session holder = world.session(ELSEWHERE);
        LineageClaim claim = holder.claim();
        world.session(1).commit("without lease");

        assertThatThrownBy(() -> holder.log.commit(claim.head(), World.draft(claim.epoch(), 0, "holder")))
                .isInstanceOf(CommitLostException.class);
        world.time.advance(Duration.ofSeconds(1));
        assertThat(markers(world.session(2))).containsExactly("without lease");
    }
}
