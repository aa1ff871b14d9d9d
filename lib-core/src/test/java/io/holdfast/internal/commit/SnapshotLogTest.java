// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static io.holdfast.internal.commit.CreationAndOpeningTest.timeoutAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.CommitOutcomeUnknownException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.internal.format.History;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.seal.EnvelopeFront;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.PutOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotLogTest {

    @Test
    void recordsFormAChainThatStartsAtOne() {
        World world = World.conditional();
        world.create();
        World.Session session = world.session(1);

        StoredRecord first = session.commit("a");
        StoredRecord second = session.commit("b");

        assertThat(first.id().number()).isEqualTo(1);
        assertThat(first.record().parents()).isEmpty();
        assertThat(second.record().parents()).containsExactly(first.id());
        assertThat(second.record().descriptor()).isEqualTo(session.repository.descriptorId());
        assertThat(markers(world.session(2))).containsExactly("b", "a");
        assertThat(World.marker(world.session(2).log.read(1))).isEqualTo("a");
        assertThat(world.session(2).log.read(second.id()).id()).isEqualTo(second.id());
        assertCode(ErrorCode.SNAPSHOT_MISSING, () -> world.session(2).log.read(3));
    }

    @Test
    void theFrontTellsWithoutAKeyWhatTheRecordNeeds() throws Exception {
        World world = World.conditional();
        world.create();
        World.Session session = world.session(1);
        StoredRecord first = session.commit("a");
        StoredRecord second = session.commit("b");

        byte[] stored = StoredBytes.read(world.store, ObjectNames.record(session.log.lineage(), 2), 1 << 20);
        RecordFront front =
                RecordFront.decode("test", EnvelopeFront.read(stored).front());

        assertThat(front.parents()).containsExactly(first.id());
        assertThat(front.added()).containsExactly("data/ab/" + "ab".repeat(32));
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("acme");
        assertThat(second.front()).isEqualTo(front);
    }

    @Test
    void anOpenLogWithoutChangeReadsTwiceToCommit() {
        World world = World.conditional();
        world.create();
        List<HookedStore.Call> calls = new ArrayList<>();
        World.Session session = world.session(1, new HookedStore(world.store, calls::add), Witness.none());
        session.commit("a");
        calls.clear();

        session.commit("b");

        assertThat(calls).extracting(HookedStore.Call::operation).containsExactly("stat", "put", "list");
    }

    @Test
    void theLoserOfARaceIsToldAndMayCommitOnTheWinner() {
        World world = World.conditional();
        world.create();
        World.Session one = world.session(1);
        World.Session two = world.session(2);
        Head head = two.log.head();
        one.commit("winner");

        assertThatThrownBy(() -> two.commit(head, "loser"))
                .isInstanceOf(CommitLostException.class)
                .hasMessageContaining("record 1");
        assertThat(two.commit("after").record().parents()).hasSize(1);
        assertThat(markers(world.session(3))).containsExactly("after", "winner");
    }

    @Test
    void aTimeoutAfterTheRecordWasWrittenIsACommit() {
        World world = World.conditional();
        world.create();
        HookedStore store = new HookedStore(world.store, timeoutAfter("snapshots/", 1));

        world.session(1, store, Witness.none()).commit("a");

        assertThat(markers(world.session(2))).containsExactly("a");
    }

    @Test
    void afterATimeoutThatWroteNothingOnlyTheSameBytesArePutAgain() {
        World world = World.conditional();
        world.create();
        List<String> puts = new ArrayList<>();
        HookedStore store = new HookedStore(world.store, call -> {
            if (call.isPutOf("snapshots/")) {
                puts.add(call.name());
                if (puts.size() < 3) {
                    throw new StoreException(ErrorCode.STORE_OUTCOME_UNKNOWN, "timed out", "");
                }
            }
        });

        world.session(1, store, Witness.none()).commit("a");

        assertThat(puts).hasSize(3).containsOnly(puts.get(0));
        assertThat(markers(world.session(2))).containsExactly("a");
    }

    @Test
    void anotherRecordFoundAfterATimeoutIsALostRaceAndNotAnUnknownOutcome() {
        World world = World.conditional();
        world.create();
        World.Session other = world.session(2);
        HookedStore store = new HookedStore(world.store, call -> {
            if (call.isPutOf("snapshots/") && world.names("snapshots/").isEmpty()) {
                other.commit("other");
                throw new StoreException(ErrorCode.STORE_OUTCOME_UNKNOWN, "timed out", "");
            }
        });

        assertThatThrownBy(() -> world.session(1, store, Witness.none()).commit("a"))
                .isInstanceOf(CommitLostException.class);
    }

    @Test
    void whenNothingIsFoundTheOutcomeIsUnknownAndALateWriteIsTheSameRecord() {
        World world = World.conditional();
        world.create();
        HookedStore store = new HookedStore(world.store, call -> {
            if (call.isPutOf("snapshots/")) {
                throw new StoreException(ErrorCode.STORE_OUTCOME_UNKNOWN, "timed out", "");
            }
        });

        assertThatThrownBy(() -> world.session(1, store, Witness.none()).commit("a"))
                .isInstanceOf(CommitOutcomeUnknownException.class)
                .hasMessageContaining("snapshots/");
    }

    @Test
    void whenTheReadBackFailsTheOutcomeIsUnknown() {
        World world = World.conditional();
        world.create();
        boolean[] down = new boolean[1];
        HookedStore store = new HookedStore(world.store, call -> {
            if (down[0] || call.isPutOf("snapshots/")) {
                down[0] = true;
                throw new StoreException(
                        call.operation().equals("put") ? ErrorCode.STORE_OUTCOME_UNKNOWN : ErrorCode.STORE_UNAVAILABLE,
                        "down",
                        "");
            }
        });

        assertThatThrownBy(() -> world.session(1, store, Witness.none()).commit("a"))
                .isInstanceOf(CommitOutcomeUnknownException.class);
    }

    @Test
    void aPutThatCertainlyFailedIsNoUnknownOutcome() {
        World world = World.conditional();
        world.create();
        HookedStore store = new HookedStore(world.store, call -> {
            if (call.isPutOf("snapshots/")) {
                throw new StoreException(ErrorCode.STORE_FULL, "full", "");
            }
        });

        assertCode(
                ErrorCode.STORE_FULL,
                () -> world.session(1, store, Witness.none()).commit("a"));
    }

    @Test
    void aSessionThatDiesAtAnyCallOfACommitLeavesARepositoryThatGoesOn() {
        for (boolean afterEffect : new boolean[] {true, false}) {
            for (int k = 1; ; k++) {
                World world = World.conditional();
                world.create();
                world.session(1).commit("before");
                CrashAt dying = new CrashAt(k, afterEffect);
                UnlockedRepository r = world.session(2).repository;
                UnlockedRepository doomed = new UnlockedRepository(
                        new HookedStore(world.store, dying),
                        r.runtime(),
                        r.descriptor(),
                        r.descriptorId(),
                        r.keys(),
                        r.ring(),
                        r.slot());
                boolean died = false;
                try {
                    new World.Session(world, 2, doomed, Witness.none()).commit("during");
                } catch (CrashAt.Died expected) {
                    died = true;
                }

                assertThat(World.marker(world.session(3).commit("after"))).isEqualTo("after");
                List<String> all = markers(world.session(3));
                assertThat(all).startsWith("after").endsWith("before").hasSizeBetween(2, 3);
                if (!died) {
                    assertThat(k).isGreaterThan(4);
                    break;
                }
            }
        }
    }

    @Test
    void theNewestRecordDeletedIsFoundByTheWitness(@TempDir Path cache) {
        World world = World.conditional();
        world.create();
        WitnessFile witness = WitnessFile.in(cache, "memory");
        World.Session session = world.session(1, world.store, witness);
        session.commit("a");
        session.commit("b");
        world.store.delete(ObjectNames.record(session.log.lineage(), 2));

        assertCode(
                ErrorCode.REPOSITORY_ROLLED_BACK,
                () -> world.session(1, world.store, witness).log.head());
        assertThat(world.session(1).log.head().nextNumber()).isEqualTo(2);
        World.Session accepting = world.session(1, world.store, witness.acceptingRollback());
        accepting.commit("c");
        assertThat(markers(world.session(1, world.store, witness))).containsExactly("c", "a");
        assertThat(world.session(1, world.store, witness).log.head().nextNumber())
                .isEqualTo(3);
    }

    @Test
    void aWholeStoreSetBackAndWrittenOnIsFoundByTheWitness(@TempDir Path cache) {
        World world = World.conditional();
        world.create();
        WitnessFile witness = WitnessFile.in(cache, "memory");
        World.Session session = world.session(1, world.store, witness);
        session.commit("a");
        session.commit("b");
        world.store.delete(ObjectNames.record(session.log.lineage(), 2));
        World.Session elsewhere = world.session(2);
        elsewhere.commit("other b");
        elsewhere.commit("other c");

        assertCode(
                ErrorCode.REPOSITORY_ROLLED_BACK,
                () -> world.session(1, world.store, witness).log.head());
    }

    @Test
    void theWitnessedNumberIsProbedUpwardsSoThatNoListingIsNeeded(@TempDir Path cache) {
        World world = World.conditional();
        world.create();
        WitnessFile witness = WitnessFile.in(cache, "memory");
        world.session(1, world.store, witness).commit("a");
        World.Session other = world.session(2);
        other.commit("b");
        other.commit("c");
        HookedStore noLists = new HookedStore(world.store, call -> {
            if (call.operation().equals("list") && call.name().startsWith("snapshots/")) {
                throw new AssertionError("listed " + call.name());
            }
        });

        assertThat(world.session(1, noLists, witness).log.head().nextNumber()).isEqualTo(4);
    }

    @Test
    void aListingThatHidesTheNewestRecordIsMadeGoodByProbing() {
        World world = World.conditional();
        world.create();
        World.Session session = world.session(1);
        session.commit("a");
        session.commit("b");
        String newest = ObjectNames.record(session.log.lineage(), 2).value();
        HidingStore hiding = new HidingStore(world.store, newest);

        assertThat(world.session(2, hiding, Witness.none()).log.head().nextNumber())
                .isEqualTo(3);
    }

    @Test
    void aRecordCopiedToAnotherNumberOrLineageDoesNotOpen() {
        World world = World.conditional();
        world.create();
        World.Session session = world.session(1);
        session.commit("a");
        String lineage = session.log.lineage();
        byte[] bytes = StoredBytes.read(world.store, ObjectNames.record(lineage, 1), 1 << 20);
        String other = session.repository.keys().lineageName("other", "");
        world.store.put(ObjectNames.record(lineage, 2), ObjectBody.of(bytes), PutOptions.overwrite());
        world.store.put(ObjectNames.record(other, 1), ObjectBody.of(bytes), PutOptions.overwrite());

        assertCode(ErrorCode.REPOSITORY_DAMAGED, () -> world.session(2).log.head());
        assertCode(
                ErrorCode.REPOSITORY_DAMAGED,
                () -> new SnapshotLog(session.repository, other, session.retired, Witness.none()).head());
    }

    @Test
    void aReportedHashIsConfirmedByTheChainAlsoWhenRecordsBetweenAreGone() {
        World world = World.conditional();
        world.create();
        World.Session session = world.session(1);
        List<RecordId> ids = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            ids.add(session.commit("s" + i).id());
        }
        String lineage = session.log.lineage();
        RecordId forged = new RecordId(4, new byte[32]);
        assertThat(session.log.expect(ids.get(3))).isEqualTo(History.Answer.CONFIRMED);
        assertThat(session.log.expect(forged)).isEqualTo(History.Answer.CONTRADICTED);
        assertThat(session.log.expect(new RecordId(10, new byte[32]))).isEqualTo(History.Answer.CONTRADICTED);

        world.store.delete(ObjectNames.record(lineage, 4));
        World.Session later = world.session(2);
        assertThat(later.log.expect(ids.get(3))).isEqualTo(History.Answer.CONFIRMED);
        assertThat(later.log.expect(forged)).isEqualTo(History.Answer.CONTRADICTED);

        for (int number = 1; number <= 8; number++) {
            world.store.delete(ObjectNames.record(lineage, number));
        }
        assertThat(world.session(3).log.expect(ids.get(3))).isEqualTo(History.Answer.UNKNOWN);
    }

    static List<String> markers(World.Session session) {
        List<String> markers = new ArrayList<>();
        session.log.forEachSnapshot(stored -> markers.add(World.marker(stored)));
        return markers;
    }

    /** A store whose listings lag. */
    private static final class HidingStore implements io.holdfast.store.ObjectStore {
        private final io.holdfast.store.ObjectStore store;
        private final String hidden;

        HidingStore(io.holdfast.store.ObjectStore store, String hidden) {
            this.store = store;
            this.hidden = hidden;
        }

        @Override
        public io.holdfast.store.ObjectListing list(String prefix) {
            List<io.holdfast.store.ObjectStat> shown = new ArrayList<>();
            try (io.holdfast.store.ObjectListing listing = store.list(prefix)) {
                listing.forEachRemaining(stat -> {
                    if (!stat.name().value().equals(hidden)) {
                        shown.add(stat);
                    }
                });
            }
            java.util.Iterator<io.holdfast.store.ObjectStat> rest = shown.iterator();
            return new io.holdfast.store.ObjectListing() {
                @Override
                public boolean hasNext() {
                    return rest.hasNext();
                }

                @Override
                public io.holdfast.store.ObjectStat next() {
                    return rest.next();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public String describe() {
            return store.describe();
        }

        @Override
        public io.holdfast.store.StoreCapabilities capabilities() {
            return store.capabilities();
        }

        @Override
        public io.holdfast.store.PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
            return store.put(name, body, options);
        }

        @Override
        public java.io.InputStream get(ObjectName name, io.holdfast.store.ByteRange range) {
            return store.get(name, range);
        }

        @Override
        public java.util.Optional<io.holdfast.store.ObjectStat> stat(ObjectName name) {
            return store.stat(name);
        }

        @Override
        public io.holdfast.store.DeleteResult delete(ObjectName name) {
            return store.delete(name);
        }

        @Override
        public void protect(ObjectName name, io.holdfast.store.Protection protection) {
            store.protect(name, protection);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
