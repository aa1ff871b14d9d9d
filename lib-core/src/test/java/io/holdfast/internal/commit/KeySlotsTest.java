// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.crypto.Argon2Cost;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryBusyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeySlotsTest {
    private final World world = World.conditional();
    private UnlockedRepository repository;
    private KeySlots slots;

    @BeforeEach
    void create() {
        repository = world.create();
        slots = new KeySlots(world.site(), repository);
    }

    private static KeyProvider passphrase(String text) {
        return KeyProviders.passphrase(text.getBytes(StandardCharsets.UTF_8), new Argon2Cost(19 << 10, 1, 1));
    }

    @Test
    void anAddedSlotOpensTheSameRepositoryAndItsRing() {
        String id = slots.add(World.key(), passphrase("one"));

        UnlockedRepository opened = new RepositoryOpening(world.site()).open(passphrase("one"));

        assertThat(opened.slot()).isEqualTo(id);
        assertThat(opened.keys().fingerprint()).isEqualTo(repository.keys().fingerprint());
        assertThat(slots.list())
                .hasSize(2)
                .extracting(KeySlots.Listed::provider)
                .contains("raw", "passphrase");
        assertThat(slots.list())
                .filteredOn(KeySlots.Listed::inUse)
                .extracting(KeySlots.Listed::id)
                .containsExactly(repository.slot());
    }

    @Test
    void aRemovedSlotOpensNothingAndTheLastOneIsNeverRemoved() {
        String id = slots.add(World.key(), passphrase("one"));
        slots.remove(id);

        assertCode(ErrorCode.KEY_REFUSED, () -> new RepositoryOpening(world.site()).open(passphrase("one")));
        assertCode(ErrorCode.KEY_SLOT, () -> slots.remove(id));
        assertCode(ErrorCode.KEY_SLOT, () -> slots.remove(repository.slot()));
        assertThat(new RepositoryOpening(world.site()).open(World.key()).ring().newest())
                .isEqualTo(1);
    }

    @Test
    void aRotationStartsAnEpochForTheSlotsThatWereOpen() {
        slots.add(World.key(), passphrase("in"));
        slots.add(World.key(), passphrase("out"));

        int epoch = slots.rotate(List.of(World.key(), passphrase("in")));

        assertThat(epoch).isEqualTo(2);
        assertThat(new RepositoryOpening(world.site())
                        .open(passphrase("in"))
                        .ring()
                        .newest())
                .isEqualTo(2);
        assertThat(new RepositoryOpening(world.site())
                        .open(passphrase("out"))
                        .ring()
                        .newest())
                .isEqualTo(1);
    }

    @Test
    void aRingThatVanishedFromARepositoryWithSnapshotsIsDamageAndNotANewRing() {
        world.session(1).commit("a");
        world.store.delete(ObjectNames.ring(1));

        assertCode(ErrorCode.REPOSITORY_DAMAGED, () -> new RepositoryOpening(world.site()).open(World.key()));
        assertThat(world.names("keys/ring/")).isEmpty();
    }

    /** Two that take one number would write over each other, and a data key that something is sealed under already would be gone. */
    @Test
    void whereNumbersMayBeTakenTwiceNobodyChangesTheRingMeanwhile() {
        World forking = World.forking();
        forking.create();
        List<Throwable> refusals = new ArrayList<>();
        HookedStore store = new HookedStore(forking.store, call -> {
            if (call.isPutOf(ObjectNames.RING) && refusals.isEmpty()) {
                UnlockedRepository other = forking.open(forking.store, Witness.none());
                refusals.add(
                        catchThrowable(() -> new KeySlots(forking.site(), other).add(World.key(), passphrase("late"))));
            }
        });

        new KeySlots(forking.site(store, Witness.none()), forking.open(store, Witness.none()))
                .rotate(List.of(World.key()));

        assertThat(refusals).singleElement().isInstanceOf(RepositoryBusyException.class);
        assertThat(forking.open(forking.store, Witness.none()).ring().newest()).isEqualTo(2);
        assertThat(forking.names("keys/ring/")).hasSize(2);
    }

    @Test
    void whereNumbersMayBeTakenTwiceADescriptorIsNotWrittenOver() {
        World forking = World.forking();
        UnlockedRepository one = forking.create();
        UnlockedRepository two = forking.open(forking.store, Witness.none());
        Descriptors.require(one, List.of("first"));
        byte[] before = StoredBytes.read(forking.store, ObjectNames.descriptor(2), 1 << 16);

        assertCode(ErrorCode.REPOSITORY_ROLLED_BACK, () -> Descriptors.require(two, List.of("second")));

        assertThat(StoredBytes.read(forking.store, ObjectNames.descriptor(2), 1 << 16))
                .isEqualTo(before);
    }
}
