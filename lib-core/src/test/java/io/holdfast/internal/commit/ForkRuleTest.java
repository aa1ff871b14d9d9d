// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.SnapshotLogTest.markers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.internal.format.RecordId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForkRuleTest {

    /** Writes a record on an old head as a writer does that looked just before another one wrote. */
    private static StoredRecord writeBlindly(World.Session session, Head head, long epoch, String marker) {
        var record = World.draft(epoch, 0, marker).at(head, session.log.lineage(), session.repository.descriptorId());
        return new RecordShelf(session.repository, session.log.lineage())
                .create(record, new io.holdfast.internal.format.RecordFront(record.parents(), List.of()));
    }

    @Test
    void recordsAreNamedByNumberAndHash() {
        World world = World.forking();
        world.create();
        StoredRecord first = world.session(1).commit("a");

        assertThat(world.names("snapshots/"))
                .containsExactly(ObjectNames.forkRecord(first.record().lineage(), first.id())
                        .value());
    }

    @Test
    void theHighestEpochWinsWhileNobodyBuildsOnEither() {
        World world = World.forking();
        world.create();
        World.Session session = world.session(1);
        Head empty = session.log.head();
        writeBlindly(session, empty, 2, "high");
        writeBlindly(session, empty, 1, "low");

        assertThat(markers(world.session(2))).containsExactly("high");
    }

    @Test
    void ofEqualEpochsTheLowestHashWins() {
        World world = World.forking();
        world.create();
        World.Session session = world.session(1);
        Head empty = session.log.head();
        StoredRecord one = writeBlindly(session, empty, 1, "one");
        StoredRecord two = writeBlindly(session, empty, 1, "two");
        boolean oneIsLower =
                java.util.Arrays.compareUnsigned(one.id().hash(), two.id().hash()) < 0;

        assertThat(markers(world.session(2))).containsExactly(oneIsLower ? "one" : "two");
    }

    @Test
    void theOneWithASuccessorWinsForEverWhateverComesLater() {
        World world = World.forking();
        world.create();
        World.Session session = world.session(1);
        Head empty = session.log.head();
        session.commit(empty, "first");
        session.commit("second");

        writeBlindly(session, empty, 99, "late and of a higher epoch");

        assertThat(markers(world.session(2))).containsExactly("second", "first");
        assertThat(World.marker(world.session(2).log.read(1))).isEqualTo("first");
    }

    @Test
    void theNextSessionNamesBothParentsAndTheLoserStaysRestorableById() {
        World world = World.forking();
        world.create();
        World.Session session = world.session(1);
        Head empty = session.log.head();
        StoredRecord loser = writeBlindly(session, empty, 1, "loser");
        StoredRecord winner = writeBlindly(session, empty, 2, "winner");

        StoredRecord next = world.session(2).commit("next");

        assertThat(next.record().parents()).containsExactly(winner.id(), loser.id());
        assertThat(World.marker(world.session(3).log.read(loser.id()))).isEqualTo("loser");
        assertThat(markers(world.session(3))).containsExactly("next", "winner");
    }

    @Test
    void aWriterWhoseNumberIsTakenDoesNotEvenFork() {
        World world = World.forking();
        world.create();
        World.Session one = world.session(1);
        World.Session two = world.session(2);
        Head head = two.log.head();
        one.commit("a");

        assertThatThrownBy(() -> two.commit(head, "b")).isInstanceOf(CommitLostException.class);
        assertThat(world.names("snapshots/")).hasSize(1);
    }

    @Test
    void inThousandsOfInterleavingsAllAgreeOnOneChainAndNothingIsLost() {
        int forks = 0;
        for (int seed = 0; seed < 2000; seed++) {
            World world = new World(World.FORKING, seed);
            world.create();
            Interleaving race = new Interleaving(seed);
            int writers = 2 + seed % 2;
            for (int w = 0; w < writers; w++) {
                World.Session session = world.session(w, race.gate(world.store), Witness.none());
                int writer = w;
                race.add(() -> {
                    List<StoredRecord> done = new ArrayList<>();
                    for (int i = 0; i < 2; i++) {
                        try {
                            done.add(session.commit("w" + writer + "." + i));
                        } catch (CommitLostException lost) {
                            continue;
                        }
                    }
                    return done;
                });
            }
            List<Interleaving.Result> results = race.run();

            assertThat(results).as("seed " + seed).allMatch(Interleaving.Result::succeeded);
            List<RecordId> chain = chain(world.session(8));
            assertThat(chain(world.session(9))).as("seed " + seed).isEqualTo(chain);
            int stored = world.names("snapshots/").size();
            forks += stored > chain.size() ? 1 : 0;
            assertLinked(world.session(8), seed);
            assertAllRestorable(world, results, seed);
        }
        assertThat(forks).as("seeds that forked").isGreaterThan(100);
    }

    private static List<RecordId> chain(World.Session session) {
        List<RecordId> ids = new ArrayList<>();
        session.log.forEachRecord(stored -> ids.add(stored.id()));
        return ids;
    }

    private static void assertLinked(World.Session session, int seed) {
        List<StoredRecord> records = new ArrayList<>();
        session.log.forEachRecord(records::add);
        for (int i = 0; i + 1 < records.size(); i++) {
            RecordId parent = records.get(i).record().parents().get(0);
            assertThat(parent).as("seed " + seed).isEqualTo(records.get(i + 1).id());
            assertThat(session.log.read(parent.number()).id())
                    .as("seed " + seed)
                    .isEqualTo(parent);
        }
        assertThat(records.get(records.size() - 1).id().number()).isEqualTo(1);
    }

    private static void assertAllRestorable(World world, List<Interleaving.Result> results, int seed) {
        Set<RecordId> reported = new HashSet<>();
        for (Interleaving.Result result : results) {
            for (Object stored : (List<?>) java.util.Objects.requireNonNull(result.value())) {
                reported.add(((StoredRecord) stored).id());
            }
        }
        World.Session reader = world.session(8);
        for (RecordId id : reported) {
            assertThat(reader.log.read(id).id()).as("seed " + seed).isEqualTo(id);
        }
    }

    @Test
    void withConditionalCreateTwoWritersNeverForkOn200Seeds() {
        int lost = 0;
        for (int seed = 0; seed < 200; seed++) {
            World world = new World(World.ABLE, seed);
            world.create();
            Interleaving race = new Interleaving(seed);
            for (int w = 0; w < 2; w++) {
                World.Session session = world.session(w, race.gate(world.store), Witness.none());
                int writer = w;
                race.add(() -> session.commit("w" + writer));
            }
            List<Interleaving.Result> results = race.run();

            List<String> kept = markers(world.session(9));
            for (int w = 0; w < 2; w++) {
                assertThat(kept.contains("w" + w))
                        .as("seed " + seed)
                        .isEqualTo(results.get(w).succeeded());
            }
            assertThat(results)
                    .as("seed " + seed)
                    .allMatch(result -> result.succeeded() || result.failedWith(ErrorCode.COMMIT_LOST));
            assertThat(kept).isNotEmpty();
            lost += kept.size() == 1 ? 1 : 0;
        }
        assertThat(lost).isBetween(10, 199);
    }
}
