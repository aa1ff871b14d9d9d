// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static io.holdfast.internal.commit.SnapshotLogTest.markers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.RetireList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VoidRecordsTest {
    private static final PackRef PACK = new PackRef(new byte[32], false, 5);

    private final World world = World.conditional();
    private World.Session session;
    private String lineage;

    @BeforeEach
    void createWithThreeSnapshots() {
        world.create();
        session = world.session(1);
        lineage = session.log.lineage();
        List.of("a", "b", "c").forEach(session::commit);
    }

    private void open(long g) {
        world.retire(session.repository, "", new RetireList(g, List.of(PACK), Map.of(), Map.of()));
    }

    private void closing(long g) {
        world.retire(session.repository, ".closing", new RetireList(g, List.of(), Map.of(), Map.of()));
    }

    private void closed(long g, Map<String, Long> counted, List<RecordId> deleted) {
        world.retire(
                session.repository, ".closed", new RetireList(g, List.of(PACK), Map.of(lineage, deleted), counted));
    }

    @Test
    void theNewestRetireNumberAndTheListedPacksAreKnownToASession() {
        open(4);

        World.Session later = world.session(2);

        assertThat(later.retired.newest()).isEqualTo(4);
        assertThat(later.retired.listedPacks()).containsExactly(PACK);
        assertThat(later.retired.closedPacks()).isEmpty();
        closed(4, Map.of(lineage, 3L), List.of());
        later.retired.refresh();
        assertThat(later.retired.closedPacks()).containsExactly(PACK);
    }

    @Test
    void aRecordAboveTheCountedNumberThatHadNotSeenTheListIsVoid() {
        closed(1, Map.of(lineage, 2L), List.of());

        World.Session later = world.session(2);

        assertThat(markers(later)).containsExactly("b", "a");
        assertCode(ErrorCode.SNAPSHOT_MISSING, () -> later.log.read(3));
        assertThat(World.marker(later.log.head().newest().orElseThrow())).isEqualTo("b");
    }

    @Test
    void nobodyBuildsOnAVoidRecordAndItsNumberStaysTaken() {
        closed(1, Map.of(lineage, 2L), List.of());
        World.Session later = world.session(2);

        StoredRecord next = later.commit("d");

        assertThat(next.id().number()).isEqualTo(4);
        assertThat(next.record().parents()).containsExactly(later.log.read(2).id());
        assertThat(next.record().seen()).isEqualTo(1);
        assertThat(markers(world.session(3))).containsExactly("d", "b", "a");
        assertThat(world.session(3).log.expect(later.log.read(2).id()))
                .isEqualTo(io.holdfast.internal.format.History.Answer.CONFIRMED);
    }

    @Test
    void aLineageThatAClosedListDoesNotNameCountsAsZero() {
        closed(1, Map.of(), List.of());

        assertThat(markers(world.session(2))).isEmpty();
    }

    @Test
    void aRecordThatHadSeenTheListIsNotVoid() {
        open(1);
        world.session(2).commit("d");
        closed(1, Map.of(lineage, 3L), List.of());

        assertThat(markers(world.session(3))).containsExactly("d", "c", "b", "a");
    }

    @Test
    void aDeletedNumberIsNeverReadAgainEvenIfAStaleWriterTakesIt() {
        RecordId first = session.log.read(1).id();
        closed(1, Map.of(lineage, 3L), List.of(first));
        World.Session later = world.session(2);
        assertThat(markers(later)).containsExactly("c", "b");

        world.store.delete(ObjectNames.record(lineage, 1));
        Head stale = new Head(java.util.Optional.empty(), List.of(), 0, 0);
        assertThatThrownBy(() -> session.log.commit(stale, World.draft(1, 0, "stale")))
                .isInstanceOf(CommitLostException.class);
        assertThat(world.names("snapshots/")).hasSize(3);
        assertThat(markers(world.session(3))).containsExactly("c", "b");
    }

    @Test
    void aNumberFreedBelowTheCountedOneDoesNotEndTheSearchForTheNewest(
            @org.junit.jupiter.api.io.TempDir java.nio.file.Path cache) {
        WitnessFile witness = WitnessFile.in(cache, "memory");
        RecordId first = session.log.read(1).id();
        RecordId second = session.log.read(2).id();
        witness.note(lineage, first);
        closed(1, Map.of(lineage, 3L), List.of(second));
        world.store.delete(ObjectNames.record(lineage, 2));

        World.Session later = world.session(2, world.store, witness);

        assertThat(World.marker(later.log.head().newest().orElseThrow())).isEqualTo("c");
    }

    @Test
    void aCommitDuringAPruneThatItDidNotSeeIsNoSuccess() {
        Head head = session.log.head();
        closing(1);

        assertThatThrownBy(() -> session.commit(head, "d"))
                .isInstanceOf(CommitLostException.class)
                .hasMessageContaining("prune");
    }

    @Test
    void aCommitThatAPruneCountedAfterAllIsASuccess() {
        Head head = session.log.head();
        closing(1);
        closed(1, Map.of(lineage, 4L), List.of());

        assertThat(session.commit(head, "d").id().number()).isEqualTo(4);
    }

    @Test
    void aSessionWhoseParentHadNotSeenAPruneThatIsDeletingWaitsForItsEnd() {
        closing(1);
        world.time.whenSomebodySleeps(() -> closed(1, Map.of(lineage, 2L), List.of()));

        LineageClaim claim = world.session(2).claim();

        assertThat(World.marker(claim.head().newest().orElseThrow())).isEqualTo("b");
        assertThat(claim.head().nextNumber()).isEqualTo(4);
    }

    @Test
    void aPruneThatNeverEndsIsNamed() {
        closing(1);

        assertThatThrownBy(() -> world.session(2).claim())
                .isInstanceOf(io.holdfast.error.RepositoryBusyException.class)
                .hasMessageContaining("prune");
        assertThat(world.session(3).leases.acquire(lineage).isTakenOver()).isFalse();
    }

    @Test
    void progressFromBeforeAClosedListIsNotContinuedFrom() {
        World.Session one = world.session(2);
        try (LineageClaim claim = one.claim()) {
            FencingTest.checkpoint(one, claim);
        }
        assertThat(world.session(3).progress.newest(session.log.head())).isPresent();

        closed(1, Map.of(lineage, 3L), List.of());

        assertThat(world.session(3).progress.newest(session.log.head())).isEmpty();
    }

    @Test
    void allRecordsGoneThoughAListCountedSomeIsARollback() {
        closed(1, Map.of(lineage, 3L), List.of());
        world.names("snapshots/").forEach(name -> world.store.delete(new io.holdfast.store.ObjectName(name)));

        assertCode(ErrorCode.REPOSITORY_ROLLED_BACK, () -> world.session(2).log.head());
    }
}
