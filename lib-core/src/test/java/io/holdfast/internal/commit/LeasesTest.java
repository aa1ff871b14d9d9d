// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryBusyException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.format.RecordId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.PutOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final long ELSEWHERE = 1000;
    private static final String NAME = ObjectNames.MAINTENANCE;

    @Test
    void aReleasedLeaseStaysAndIsTakenAtOnce() {
        World world = created();
        world.session(1).leases.acquire(NAME).close();
        assertThat(world.names("leases/")).containsExactly("leases/" + NAME);

        Lease lease = world.session(ELSEWHERE).leases.acquire(NAME);

        assertThat(lease.isTakenOver()).isFalse();
        assertThat(world.time.nanos()).isZero();
    }

    @Test
    void aServiceAtWhichNoConditionEverHoldsKeepsNobodyOut() {
        World world = created();
        LyingStore store = new LyingStore(world.store, Set.of("replaces"));
        world.session(1, store, Witness.none()).leases.acquire(NAME).close();

        Lease lease = world.session(2, store, Witness.none()).leases.acquire(NAME);

        lease.requireHeld();
        assertThatThrownBy(() -> world.session(3, store, Witness.none()).leases.acquire(NAME))
                .isInstanceOf(RepositoryBusyException.class)
                .hasMessageContaining("process 2 on here");
    }

    @Test
    void aLiveProcessOfThisMachineIsNamedAtOnce() {
        World world = created();
        world.session(1).leases.acquire(NAME);

        assertThatThrownBy(() -> world.session(2).leases.acquire(NAME))
                .isInstanceOf(RepositoryBusyException.class)
                .hasMessageContaining("process 1 on here")
                .hasMessageContaining("since 2030-01-01T00:00:00Z");
        assertThat(world.time.nanos()).isZero();
    }

    @Test
    void aDeadProcessOfThisMachineIsTakenOverAtOnce() {
        World world = created();
        world.session(1).leases.acquire(NAME);
        world.alive.remove(1L);

        Lease lease = world.session(2).leases.acquire(NAME);

        assertThat(lease.isTakenOver()).isTrue();
        assertThat(world.time.nanos()).isZero();
    }

    @Test
    void aProcessElsewhereIsTakenOverOnlyAfterItsCounterStoodStillForTheLeaseTime() {
        World world = created();
        world.session(ELSEWHERE).leases.acquire(NAME);

        Lease lease = world.session(1).leases.acquire(NAME);

        assertThat(lease.isTakenOver()).isTrue();
        assertThat(Duration.ofNanos(world.time.nanos())).isEqualTo(LeaseTiming.DEFAULT.lease());
    }

    @Test
    void aProcessElsewhereThatBeatsIsRefusedAsSoonAsItDoes() {
        World world = created();
        Lease held = world.session(ELSEWHERE).leases.acquire(NAME);
        world.time.whenSomebodySleeps(held::beatIfDue);

        assertThatThrownBy(() -> world.session(1).leases.acquire(NAME))
                .isInstanceOf(RepositoryBusyException.class)
                .hasMessageContaining("on elsewhere");
        assertThat(Duration.ofNanos(world.time.nanos())).isEqualTo(LeaseTiming.DEFAULT.beat());
        assertThat(held.beatIfDue()).isTrue();
    }

    @Test
    void aHungProcessOfThisMachineIsTakenOverByWatchingItLikeAnyOther() {
        World world = created();
        world.session(1).leases.acquire(NAME);
        world.time.advance(Duration.ofMinutes(5));

        assertThat(world.session(2).leases.acquire(NAME).isTakenOver()).isTrue();
        assertThat(Duration.ofNanos(world.time.nanos())).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void whoLostItsLeaseFindsOutAtItsNextBeatAndNeverTakesItBack() {
        World world = created();
        Lease old = world.session(ELSEWHERE).leases.acquire(NAME);
        Lease taker = world.session(1).leases.acquire(NAME);

        assertThat(old.beatIfDue()).isFalse();
        assertThatThrownBy(old::requireHeld)
                .isInstanceOf(RepositoryBusyException.class)
                .hasMessageContaining("process 1 on here");
        old.close();
        world.time.advance(Duration.ofSeconds(20));
        assertThat(taker.beatIfDue()).isTrue();
        assertCode(ErrorCode.REPOSITORY_BUSY, () -> world.session(2).leases.acquire(NAME));
    }

    @Test
    void aLeaseThatDoesNotOpenIsThatOfAnUnknownHolderAndIsWatched() {
        World world = created();
        world.store.put(ObjectNames.lease(NAME), ObjectBody.of(new byte[] {1, 2, 3}), PutOptions.overwrite());

        Lease lease = world.session(1).leases.acquire(NAME);

        assertThat(lease.isTakenOver()).isTrue();
        assertThat(Duration.ofNanos(world.time.nanos())).isEqualTo(LeaseTiming.DEFAULT.lease());
    }

    @Test
    void ofTwoThatTakeOverAtOnceOneIsRefused() {
        for (int seed = 0; seed < 100; seed++) {
            World world = new World(World.ABLE, seed);
            world.create();
            world.session(1).leases.acquire(NAME);
            world.alive.remove(1L);
            Interleaving race = new Interleaving(seed);
            for (long pid = 2; pid <= 3; pid++) {
                World.Session session = world.session(pid, race.gate(world.store), Witness.none());
                race.add(() -> session.leases.acquire(NAME));
            }

            assertThat(race.run())
                    .as("seed " + seed)
                    .filteredOn(Interleaving.Result::succeeded)
                    .hasSize(1);
        }
    }

    @Test
    void aBeatThatTheStoreRefusesIsTriedAgainAndLosesNothing() {
        World world = created();
        boolean[] down = new boolean[1];
        HookedStore store = new HookedStore(world.store, call -> {
            if (down[0]) {
                throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "down", "");
            }
        });
        Lease lease = world.session(ELSEWHERE, store, Witness.none()).leases.acquire(NAME);
        down[0] = true;
        world.time.advance(Duration.ofSeconds(20));
        assertThat(lease.beatIfDue()).isTrue();
        down[0] = false;
        world.time.whenSomebodySleeps(lease::beatIfDue);

        assertCode(ErrorCode.REPOSITORY_BUSY, () -> world.session(1).leases.acquire(NAME));
    }

    @Test
    void theNextHolderLearnsEpochAndNewestRecordOfTheLast() {
        World world = created();
        RecordId last = new RecordId(7, new byte[32]);
        Lease lease = world.session(1).leases.acquire(NAME);
        lease.note(5, Optional.of(last));
        lease.close();

        Lease next = world.session(2).leases.acquire(NAME);

        assertThat(next.epoch()).isEqualTo(5);
        assertThat(next.witnessed()).hasValue(last);
    }

    @Test
    void aTimeoutAfterTheLeaseWasWrittenIsAClaim() {
        World world = created();
        HookedStore store = new HookedStore(world.store, CreationAndOpeningTest.timeoutAfter("leases/", 1));

        world.session(1, store, Witness.none()).leases.acquire(NAME);

        assertCode(ErrorCode.REPOSITORY_BUSY, () -> world.session(2).leases.acquire(NAME));
    }

    @Test
    void withoutConditionalReplaceALeaseIsStillRefusedWhileItsHolderLives() {
        World world = World.forking();
        world.create();
        Lease lease = world.session(1).leases.acquire(NAME);
        world.time.advance(Duration.ofSeconds(20));
        assertThat(lease.beatIfDue()).isTrue();

        assertCode(ErrorCode.REPOSITORY_BUSY, () -> world.session(2).leases.acquire(NAME));
        lease.close();
        assertThat(world.session(2).leases.acquire(NAME).isTakenOver()).isFalse();
    }

    @Test
    void aLeaseBeatsInTheBackgroundUntilItIsClosed() throws Exception {
        World world = created();
        CountDownLatch beats = new CountDownLatch(3);
        HookedStore store = new HookedStore(world.store, call -> {
            if (call.isPutOf("leases/")) {
                beats.countDown();
            }
        });
        UnlockedRepository opened = world.open(world.store, Witness.none());
        try (HoldfastRuntime runtime = HoldfastRuntime.builder().build()) {
            UnlockedRepository live = new UnlockedRepository(
                    store,
                    runtime,
                    opened.descriptor(),
                    opened.descriptorId(),
                    opened.keys(),
                    opened.ring(),
                    opened.slot());
            LeaseTiming fast = new LeaseTiming(Duration.ofMillis(100), Duration.ofMillis(2), Duration.ofMillis(1));
            try (Lease lease = new Leases(live, new PortableProcessIdentity(), fast).acquire(NAME)) {
                lease.keepAlive();

                assertThat(beats.await(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(world.session(1).leases.acquire(NAME).isTakenOver()).isFalse();
    }

    @Test
    void inASimulationNothingBeatsInTheBackground() {
        World world = created();
        World.Session session = world.session(1);
        Lease lease = session.leases.acquire(NAME);

        lease.keepAlive();

        assertThat(session.repository.runtime().isSimulated()).isTrue();
        assertThat(session.repository.runtime().workers().shutdownNow()).isEmpty();
        assertThat(world.time.nanos()).isZero();
    }

    private static World created() {
        World world = World.conditional();
        world.create();
        return world;
    }

    @Test
    void anInterruptWhileItWatchesEndsTheWaitAndStays() {
        World world = created();
        world.session(ELSEWHERE).leases.acquire(NAME);
        world.time.interruptNextSleep();

        assertCode(ErrorCode.SESSION_INTERRUPTED, () -> world.session(1).leases.acquire(NAME));
        assertThat(Thread.interrupted()).isTrue();
    }
}
