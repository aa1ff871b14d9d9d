// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.repository.VerifyReport;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever keeps a store and has no key can tell whether it still holds what was put there. */
class KeylessVerificationTest {
    private final HoldfastRuntime runtime = new SimulatedProcess(5).runtime();
    private final StoredWorld world = StoredWorld.make(runtime);

    @AfterEach
    void close() {
        runtime.close();
    }

    private VerifyReport verify(Map<String, byte[]> objects) {
        return verify(objects, Optional.empty());
    }

    private VerifyReport verify(Map<String, byte[]> objects, Optional<String> expect) {
        return Repository.verifyKeyless(StoredWorld.storeOf(objects), runtime, expect);
    }

    private static boolean isNamedByHash(String object) {
        return List.of("data/", "meta/", "runs/", "index/").contains(StoredDamage.kind(object));
    }

    private static boolean isAdded(String object) {
        return List.of("data/", "meta/", "runs/").contains(StoredDamage.kind(object));
    }

    /** The damages of a kind that were not found at the object that was damaged. */
    private List<String> missed(StoredDamage damage, Predicate<String> objects) {
        List<String> missed = new ArrayList<>();
        int tried = 0;
        for (String object : world.history.get(world.history.size() - 1).keySet()) {
            if (objects.test(object)) {
                for (Map<String, byte[]> spoilt : damage.of(world.objects, object)) {
                    tried++;
                    if (verify(spoilt).damages().stream()
                            .noneMatch(found -> found.object().equals(object))) {
                        missed.add(damage + " of " + object);
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(5);
        return missed;
    }

    @Test
    void aSoundRepositoryIsFoundSoundAndItIsSaidWhatWasNotLookedAt() {
        VerifyReport report = verify(world.objects);

        assertThat(report.damages()).isEmpty();
        assertThat(report.objectsChecked()).isGreaterThan(10);
        assertThat(report.notes()).anyMatch(note -> note.startsWith("made without a key"));
    }

    @Test
    void everyChangeOfAnObjectThatIsNamedByItsHashIsFound() {
        assertThat(missed(StoredDamage.FLIPPED, KeylessVerificationTest::isNamedByHash))
                .isEmpty();
        assertThat(missed(StoredDamage.GROWN, KeylessVerificationTest::isNamedByHash))
                .isEmpty();
        assertThat(missed(StoredDamage.SWAPPED, KeylessVerificationTest::isNamedByHash))
                .isEmpty();
    }

    @Test
    void whateverIsCutOffIsFound() {
        assertThat(missed(StoredDamage.CUT, object -> !object.startsWith("leases/") && !object.startsWith("progress/")))
                .isEmpty();
    }

    @Test
    void whatARecordAddedAndIsGoneIsFound() {
        assertThat(missed(StoredDamage.DELETED, KeylessVerificationTest::isAdded))
                .isEmpty();
    }

    @Test
    void whereObjectsWereRetiredAbsenceIsANote() {
        TreeMap<String, byte[]> spoilt = new TreeMap<>(world.objects);
        spoilt.remove(spoilt.ceilingKey("data/"));
        spoilt.put("retired/00000000000000000001", new byte[100]);
        VerifyReport report = verify(spoilt);

        assertThat(report.damages())
                .extracting(VerifyReport.Damage::object)
                .containsExactly("retired/00000000000000000001");
        assertThat(report.notes()).anyMatch(note -> note.startsWith("objects were retired"));
    }

    @Test
    void aStoreThatWasSetBackIsFoundByTheWitnessOfAReport() {
        for (String witness : world.witnesses) {
            assertThat(verify(world.objects, Optional.of(witness)).damages()).isEmpty();
        }
        assertThat(verify(world.history.get(1), Optional.of(world.witnesses.get(4)))
                        .damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("may have been set back"));
    }

    @Test
    void withoutADescriptorWhatCanBeCheckedStillIs() {
        TreeMap<String, byte[]> spoilt = new TreeMap<>(world.objects);
        String descriptor = spoilt.ceilingKey("config/");
        String pack = spoilt.ceilingKey("data/");
        spoilt.put(descriptor, new byte[3]);
        spoilt.put(pack, new byte[3]);

        assertThat(verify(spoilt).damages())
                .extracting(VerifyReport.Damage::object)
                .contains(descriptor, pack);
    }

    @Test
    void aPlaceWithoutARepositoryIsNoSoundOne() {
        assertThatThrownBy(() -> Repository.verifyKeyless(new InMemoryObjectStore(), runtime, Optional.empty()))
                .isInstanceOfSatisfying(
                        RepositoryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_MISSING));
    }
}
