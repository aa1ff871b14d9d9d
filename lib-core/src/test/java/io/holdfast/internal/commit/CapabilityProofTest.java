// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Verdict;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityProofTest {

    @Test
    void anHonestStoreStandsTheProof() {
        World world = World.conditional();

        StoreProof report = new CapabilityProof(world.store, world.runtime()).proveAll();

        assertThat(report).isEqualTo(new StoreProof(Verdict.PROVEN, Verdict.PROVEN, Verdict.PROVEN, Verdict.PROVEN));
        world.time.advance(java.time.Duration.ofMinutes(3));
        assertThat(world.names("probe/")).hasSize(1);
    }

    @Test
    void aStoreThatIgnoresConditionsIsFoundOutAndGetsTheForkRule() {
        World world = World.conditional();
        LyingStore store = new LyingStore(world.store, Set.of("conditions"));

        StoreProof report = new CapabilityProof(store, world.runtime()).proveCommits();

        assertThat(report.conditionalCreate()).isEqualTo(Verdict.REFUTED);
        assertThat(report.conditionalReplace()).isEqualTo(Verdict.REFUTED);
        UnlockedRepository repository = new RepositoryCreation(world.site(store, Witness.none()))
                .create(World.key(), Descriptor.Parameters.DEFAULT);
        assertThat(repository.isConditional()).isFalse();
    }

    @Test
    void aStoreThatIgnoresRetentionIsFoundOutByContrast() {
        World world = World.conditional();
        LyingStore store = new LyingStore(world.store, Set.of("retention"));

        assertThat(new CapabilityProof(store, world.runtime()).proveAll().retention())
                .isEqualTo(Verdict.REFUTED);
    }

    @Test
    void aStoreWithoutConditionalCreateThatDoesNotListWhatWasWrittenIsRefused() {
        World world = World.forking();
        LyingStore store = new LyingStore(world.store, Set.of("listings"));

        assertCode(
                ErrorCode.STORE_UNSUPPORTED,
                () -> new RepositoryCreation(world.site(store, Witness.none()))
                        .create(World.key(), Descriptor.Parameters.DEFAULT));
        assertThat(world.names("")).isEmpty();
    }

    @Test
    void whatIsNotClaimedIsNotTried() {
        World world = World.forking();

        assertThat(new CapabilityProof(world.store, world.runtime()).proveAll())
                .isEqualTo(
                        new StoreProof(Verdict.NOT_CLAIMED, Verdict.NOT_CLAIMED, Verdict.PROVEN, Verdict.NOT_CLAIMED));
    }

    @Test
    void aWriterProvesTheStoreAgainWhenItsLastProofIsOld(@TempDir Path cache) {
        World world = World.conditional();
        Witness witness = WitnessFile.in(cache, "store");
        new RepositoryCreation(world.site(world.store, witness)).create(World.key(), Descriptor.Parameters.DEFAULT);
        LyingStore store = new LyingStore(world.store, Set.of("conditions"));

        // Fresh from the proof at creation: not asked again.
        world.session(1, store, witness).claim().close();
        world.time.advance(ProofSchedule.INTERVAL);

        World.Session late = world.session(2, store, witness);
        assertCode(ErrorCode.STORE_UNSUPPORTED, late::claim);
        assertThat(world.names("snapshots/")).isEmpty();
        late.log.head();
        try (LineageClaim honest = world.session(3, world.store, witness).claim()) {
            assertThat(honest.head().newest()).isEmpty();
        }
        assertThat(witness.proven()).hasValue(world.time.now());
    }

    @Test
    void whoKeepsNoMemoryProvesNothingByHimself() {
        World world = World.conditional();
        world.create();
        LyingStore store = new LyingStore(world.store, Set.of("conditions"));
        world.time.advance(ProofSchedule.INTERVAL.multipliedBy(9));

        world.session(1, store, Witness.none()).claim().close();

        assertThat(world.names("probe/")).isEmpty();
    }
}
