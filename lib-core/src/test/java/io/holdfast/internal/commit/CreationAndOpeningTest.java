// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.KeyException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.PutOptions;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreationAndOpeningTest {

    @Test
    void whatWasCreatedOpensWithItsKey() {
        World world = World.conditional();
        UnlockedRepository created = world.create();

        UnlockedRepository opened = world.open(world.store, Witness.none());

        assertThat(opened.descriptorId()).isEqualTo(created.descriptorId());
        assertThat(opened.isConditional()).isTrue();
        assertThat(opened.slot()).isEqualTo(created.slot());
        assertThat(opened.ring().newest()).isEqualTo(1);
        assertThat(world.names("probe/"))
                .as("what the proof of retention could not remove")
                .hasSize(1);
    }

    @Test
    void aStoreWithoutConditionalCreateGetsTheForkRule() {
        World world = World.forking();
        world.create();

        assertThat(world.open(world.store, Witness.none()).isConditional()).isFalse();
    }

    @Test
    void aWrongKeyIsRefusedAndSaysSo() {
        World world = World.conditional();
        world.create();

        ThrowingCallable opening = () -> new RepositoryOpening(world.site()).open(World.key(8));

        assertThatThrownBy(opening)
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("wrong passphrase or key")
                .extracting(e -> ((HoldfastException) e).code())
                .isEqualTo(ErrorCode.KEY_REFUSED);
    }

    @Test
    void openingNeverCreates() {
        World world = World.conditional();

        assertCode(ErrorCode.REPOSITORY_MISSING, () -> world.open(world.store, Witness.none()));
        assertThat(world.names("")).isEmpty();
    }

    @Test
    void openingNeedsPermissionToReadOnly() {
        World world = World.conditional();
        world.create();
        HookedStore readOnly = new HookedStore(world.store, call -> {
            if (call.operation().equals("put") || call.operation().equals("delete")) {
                throw new StoreException(ErrorCode.STORE_READ_ONLY, "read-only: " + call, "");
            }
        });

        assertThat(world.open(readOnly, Witness.none()).descriptor().number()).isEqualTo(1);
    }

    @Test
    void aSecondCreationIsRefusedAndLeavesTheFirstAlone() {
        World world = World.conditional();
        world.create();
        List<String> before = world.names("");

        assertCode(ErrorCode.REPOSITORY_EXISTS, world::create);
        assertThat(world.names("")).isEqualTo(before);
    }

    @Test
    void aPlaceThatHoldsSomethingElseIsRefused() {
        World world = World.conditional();
        world.store.put(new ObjectName("photos/cat.jpg"), ObjectBody.of(new byte[3]), PutOptions.createOnly());

        assertCode(ErrorCode.REPOSITORY_PLACE_OCCUPIED, world::create);
        assertThat(world.names("")).containsExactly("photos/cat.jpg");
    }

    @Test
    void aRepositoryWhoseDescriptorVanishedIsNotTakenForAnEmptyPlace() {
        World world = World.conditional();
        world.create();
        world.session(1).commit("a");
        world.names("config/").forEach(name -> world.store.delete(new ObjectName(name)));

        assertCode(ErrorCode.REPOSITORY_PLACE_OCCUPIED, world::create);
    }

    @Test
    void anUnknownRequiredFeatureIsRefusedByName() {
        World world = World.conditional();
        Descriptors.require(world.create(), List.of("time-travel"));

        assertThatThrownBy(() -> world.open(world.store, Witness.none()))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("time-travel")
                .extracting(e -> ((HoldfastException) e).code())
                .isEqualTo(ErrorCode.REPOSITORY_FEATURE_UNKNOWN);
    }

    @Test
    void theHighestDescriptorHoldsAndEachNamesTheOneBefore() {
        World world = World.conditional();
        UnlockedRepository first = world.create();
        Descriptor second = Descriptors.require(first, List.of());

        UnlockedRepository opened = world.open(world.store, Witness.none());

        assertThat(opened.descriptor().number()).isEqualTo(2);
        assertThat(second.previous()).isEqualTo(first.descriptorId().hash());
        assertCode(ErrorCode.REPOSITORY_ROLLED_BACK, () -> Descriptors.require(first, List.of("more")));
    }

    @Test
    void aRecordOfALaterDescriptorThanTheOneThereIsShowsARollback() {
        World world = World.conditional();
        Descriptors.require(world.create(), List.of());
        world.session(1).commit("a");
        world.store.delete(ObjectNames.descriptor(2));

        World.Session later = world.session(1);

        assertCode(ErrorCode.REPOSITORY_ROLLED_BACK, later.log::head);
    }

    @Test
    void everyFlippedBitOfADescriptorIsFound() {
        World world = World.conditional();
        world.create();
        ObjectName name = ObjectNames.descriptor(1);
        byte[] bytes = StoredBytes.read(world.store, name, 1 << 16);

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            world.store.put(name, ObjectBody.of(altered), PutOptions.overwrite());

            Throwable found = catchThrowable(() -> world.open(world.store, Witness.none()));
            assertThat(found).as("bit " + bit).isInstanceOf(HoldfastException.class);
        }
    }

    @Test
    void aKnownRepositoryThatIsSuddenlyEmptyIsAnErrorAndNotANewRepository(@TempDir Path cache) {
        World world = World.conditional();
        Witness witness = WitnessFile.in(cache, "memory");
        new RepositoryCreation(world.site(world.store, witness)).create(World.key(), Descriptor.Parameters.DEFAULT);
        World unmounted = World.conditional();

        assertCode(ErrorCode.REPOSITORY_REPLACED, () -> unmounted.open(unmounted.store, witness));
        assertCode(
                ErrorCode.REPOSITORY_REPLACED,
                () -> new RepositoryCreation(unmounted.site(unmounted.store, witness))
                        .create(World.key(), Descriptor.Parameters.DEFAULT));
        assertThat(unmounted.names("")).isEmpty();
    }

    @Test
    void anotherRepositoryAtAKnownPlaceIsAnError(@TempDir Path cache) {
        World world = World.conditional();
        Witness witness = WitnessFile.in(cache, "memory");
        new RepositoryCreation(world.site(world.store, witness)).create(World.key(), Descriptor.Parameters.DEFAULT);
        World other = new World(World.ABLE, 2);
        other.create();

        assertCode(ErrorCode.REPOSITORY_REPLACED, () -> other.open(other.store, witness));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCreationThatDiesAtAnyCallLeavesAPlaceThatOpensOrCanBeCreatedAnew(boolean afterEffect) {
        int calls = countCallsOfACreation(World.conditional());
        assertThat(calls).isGreaterThan(8);
        for (int k = 1; k <= calls; k++) {
            World world = new World(World.ABLE, k);
            CrashAt crash = new CrashAt(k, afterEffect);
            assertThatThrownBy(() -> createIn(world, crash)).isInstanceOf(CrashAt.Died.class);

            boolean begun = !world.names("config/").isEmpty();
            UnlockedRepository repository = begun ? world.open(world.store, Witness.none()) : world.create();

            assertThat(repository.ring().newest()).as("call " + k).isEqualTo(1);
            assertThat(world.open(world.store, Witness.none()).descriptorId()).isEqualTo(repository.descriptorId());
            assertThat(World.marker(world.session(1).commit("after call " + k))).isEqualTo("after call " + k);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutConditionalCreateACreationThatDiesOpensOrIsRefusedByNameUntilItIsClearedAway(boolean afterEffect) {
        int calls = countCallsOfACreation(World.forking());
        for (int k = 1; k <= calls; k++) {
            World world = new World(World.FORKING, k);
            CrashAt crash = new CrashAt(k, afterEffect);
            assertThatThrownBy(() -> createIn(world, crash)).isInstanceOf(CrashAt.Died.class);

            if (!world.names("config/").isEmpty()) {
                assertThat(world.open(world.store, Witness.none()).ring().newest())
                        .isEqualTo(1);
                continue;
            }
            if (!world.names("keys/").isEmpty()) {
                assertCode(ErrorCode.REPOSITORY_PLACE_OCCUPIED, world::create);
                world.names("keys/").forEach(name -> world.store.delete(new ObjectName(name)));
            }
            world.create();
            assertThat(world.open(world.store, Witness.none()).ring().newest()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoCreationsAtOnceAtMostOneWinsAndTheLoserRemovesItsSlot(boolean conditional) {
        int winners = 0;
        for (int seed = 0; seed < 200; seed++) {
            World world = new World(conditional ? World.ABLE : World.FORKING, seed);
            Interleaving race = new Interleaving(seed);
            for (int fill = 1; fill <= 2; fill++) {
                RepositorySite site = world.site(race.gate(world.store), Witness.none());
                io.holdfast.crypto.KeyProvider key = World.key(fill);
                race.add(() -> new RepositoryCreation(site).create(key, Descriptor.Parameters.DEFAULT));
            }
            List<Interleaving.Result> results = race.run();
            List<Interleaving.Result> won =
                    results.stream().filter(Interleaving.Result::succeeded).toList();

            assertThat(won).as("seed " + seed).hasSizeLessThanOrEqualTo(1);
            assertThat(results)
                    .as("seed " + seed)
                    .allMatch(r -> r.succeeded()
                            || r.failedWith(ErrorCode.REPOSITORY_EXISTS)
                            || r.failedWith(ErrorCode.REPOSITORY_PLACE_OCCUPIED));
            if (conditional) {
                assertThat(won).as("seed " + seed).hasSize(1);
            }
            long slots = world.names("keys/").stream()
                    .filter(name -> !name.contains("ring"))
                    .count();
            assertThat(slots).as("seed " + seed).isEqualTo(won.size());
            if (!won.isEmpty()) {
                winners++;
                int fill = results.get(0).succeeded() ? 1 : 2;
                assertThat(new RepositoryOpening(world.site())
                                .open(World.key(fill))
                                .ring()
                                .newest())
                        .isEqualTo(1);
            }
        }
        assertThat(winners).isGreaterThan(50);
    }

    @Test
    void aTimeoutAfterTheDescriptorWasWrittenIsNoLostRace() {
        World world = World.conditional();
        HookedStore.Hook timeout = timeoutAfter("config/", 1);

        UnlockedRepository created = new RepositoryCreation(
                        world.site(new HookedStore(world.store, timeout), Witness.none()))
                .create(World.key(), Descriptor.Parameters.DEFAULT);

        assertThat(world.open(world.store, Witness.none()).slot()).isEqualTo(created.slot());
    }

    static HookedStore.Hook timeoutAfter(String prefix, int times) {
        return new HookedStore.Hook() {
            private int left = times;

            @Override
            public void before(HookedStore.Call call) {}

            @Override
            public void after(HookedStore.Call call) {
                if (call.isPutOf(prefix) && left-- > 0) {
                    throw new StoreException(ErrorCode.STORE_OUTCOME_UNKNOWN, "timed out: " + call, "");
                }
            }
        };
    }

    private static void createIn(World world, CrashAt crash) {
        new RepositoryCreation(world.site(new HookedStore(world.store, crash), Witness.none()))
                .create(World.key(), Descriptor.Parameters.DEFAULT);
    }

    private static int countCallsOfACreation(World world) {
        CrashAt counter = CrashAt.never();
        createIn(world, counter);
        return counter.calls();
    }

    static void assertCode(ErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(HoldfastException.class)
                .extracting(e -> ((HoldfastException) e).code())
                .isEqualTo(code);
    }
}
