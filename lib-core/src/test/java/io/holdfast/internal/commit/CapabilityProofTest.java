// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.StoreCapabilities;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityProofTest {

    private static Map<Ability, Verdict> with(Map<Ability, Verdict> all, Ability ability, Verdict verdict) {
        Map<Ability, Verdict> changed = new EnumMap<>(all);
        changed.put(ability, verdict);
        return changed;
    }

    private static final Map<Ability, Verdict> HONEST = with(
            Arrays.stream(Ability.values()).collect(Collectors.toMap(each -> each, each -> Verdict.PROVEN)),
            Ability.CREATE_IN_PARTS,
            Verdict.NOT_CLAIMED);

    private static StoreProof prove(World world, ObjectStore store) {
        return new CapabilityProof(store, world.runtime()).prove();
    }

    @Test
    void anHonestStoreStandsTheProof() {
        World world = World.conditional();

        assertThat(prove(world, world.store).verdicts()).isEqualTo(HONEST);
        world.time.advance(Duration.ofMinutes(3));
        assertThat(world.names("probe/")).hasSize(1);
    }

    @Test
    void aStoreThatLooksAtConditionsOnlyWhereObjectsAreWholeIsFoundOut() {
        World world = World.conditional();

        assertThat(prove(world, new LyingStore(world.store, Set.of("parts"))).verdicts())
                .isEqualTo(with(HONEST, Ability.CREATE_IN_PARTS, Verdict.REFUTED));
    }

    @Test
    void aStoreThatCannotWriteInPartsIsUsableAllTheSame() {
        World world = World.conditional();

        assertThat(prove(world, new LyingStore(world.store, Set.of("no parts"))).verdicts())
                .isEqualTo(with(HONEST, Ability.CREATE_IN_PARTS, Verdict.UNKNOWN));
    }

    @Test
    void aClockThatIsFarFromOursIsFoundOut() {
        World world = World.conditional();
        TestTime theirs = new TestTime();
        InMemoryObjectStore store = new InMemoryObjectStore(World.ABLE, theirs);
        theirs.advance(StoreProof.CLOCK_TOLERANCE);
        assertThat(prove(world, store).verdicts()).isEqualTo(HONEST);
        theirs.advance(Duration.ofHours(1));
        assertThat(prove(world, store).clockDifference()).isEqualTo(Duration.ofSeconds(3660));
        world.time.advance(Duration.ofSeconds(3721));

        StoreProof proof = prove(world, store);

        assertThat(proof.clockDifference()).isEqualTo(Duration.ofSeconds(-61));
        assertThat(proof.verdicts()).isEqualTo(with(HONEST, Ability.CLOCK, Verdict.REFUTED));
        assertThat(proof.made()).isEqualTo(world.time.now());
    }

    @Test
    void aStoreThatIgnoresConditionsIsFoundOutAndGetsTheForkRule() {
        World world = World.conditional();
        LyingStore store = new LyingStore(world.store, Set.of("conditions"));

        StoreProof report = prove(world, store);

        assertThat(report.of(Ability.CONDITIONAL_CREATE)).isEqualTo(Verdict.REFUTED);
        assertThat(report.of(Ability.CONDITIONAL_REPLACE)).isEqualTo(Verdict.REFUTED);
        UnlockedRepository repository = new RepositoryCreation(world.site(store, Witness.none()))
                .create(World.key(), Descriptor.Parameters.DEFAULT);
        assertThat(repository.isConditional()).isFalse();
    }

    @Test
    void aStoreThatLearnsInARaceThatItsServiceDoesNotLookGetsTheForkRule() {
        World world = World.conditional();
        AtomicInteger creates = new AtomicInteger();
        ObjectStore learning = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("put")
                            && ((PutOptions) args[2]).mode().equals(PutMode.createOnly())) {
                        creates.incrementAndGet();
                    }
                    Object answer = method.invoke(world.store, args);
                    // One create and one that is refused come before the race.
                    return method.getName().equals("capabilities") && creates.get() > 2
                            ? ((StoreCapabilities) answer).withConditionalCreate(false)
                            : answer;
                });

        assertThat(prove(world, learning).of(Ability.CONDITIONAL_CREATE)).isEqualTo(Verdict.REFUTED);
        creates.set(0);
        UnlockedRepository repository = new RepositoryCreation(world.site(learning, Witness.none()))
                .create(World.key(), Descriptor.Parameters.DEFAULT);
        assertThat(repository.isConditional()).isFalse();
    }

    @Test
    void aStoreThatIgnoresRetentionIsFoundOutByContrastAndGetsNoRepository() {
        World world = World.conditional();
        LyingStore store = new LyingStore(world.store, Set.of("retention"));

        assertThat(prove(world, store).of(Ability.RETENTION)).isEqualTo(Verdict.REFUTED);
        assertCode(
                ErrorCode.STORE_UNSUPPORTED,
                () -> new RepositoryCreation(world.site(store, Witness.none()))
                        .create(World.key(), Descriptor.Parameters.DEFAULT));
        assertThat(world.names("")).isEmpty();
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

        assertThat(prove(world, world.store).verdicts())
                .isEqualTo(Map.of(
                        Ability.CONDITIONAL_CREATE, Verdict.NOT_CLAIMED,
                        Ability.CREATE_IN_PARTS, Verdict.NOT_CLAIMED,
                        Ability.CONDITIONAL_REPLACE, Verdict.NOT_CLAIMED,
                        Ability.LISTS_AFTER_WRITE, Verdict.PROVEN,
                        Ability.RETENTION, Verdict.NOT_CLAIMED,
                        Ability.CLOCK, Verdict.PROVEN));
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
        assertCode(ErrorCode.STORE_UNSUPPORTED, () -> late.commit("without a claim, as where nothing changed"));
        assertThat(world.names("snapshots/")).isEmpty();
        late.log.head();
        try (LineageClaim honest = world.session(3, world.store, witness).claim()) {
            assertThat(honest.head().newest()).isEmpty();
        }
        assertThat(witness.proof().orElseThrow().made()).isEqualTo(world.time.now());
    }

    @Test
    void whoKeepsNoMemoryProvesNothingByHimself() {
        World world = World.conditional();
        world.create();
        List<String> left = world.names("probe/");
        LyingStore store = new LyingStore(world.store, Set.of("conditions"));
        world.time.advance(ProofSchedule.INTERVAL.multipliedBy(9));

        world.session(1, store, Witness.none()).claim().close();

        assertThat(world.names("probe/")).isEqualTo(left);
    }
}
