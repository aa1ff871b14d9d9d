// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many writers and readers at once: one wins, and nobody sees anything in between. */
abstract class StoreCompetingRules extends StoreRules {
    private static final int WRITERS = 16;
    /** {@code -Dholdfast.rounds=200} lets them race more often. */
    private static final int ROUNDS = Integer.getInteger("holdfast.rounds", 5);

    StoreCompetingRules(Fixture fixture) {
        super(fixture);
    }

    @Test
    void letsOneOfSixteenCreatorsWin() throws Exception {
        if (!store().capabilities().conditionalCreate()) {
            assertUnsupported(() -> create("race/0", text("x")));
            return;
        }
        for (int round = 0; round < ROUNDS; round++) {
            String name = "race/" + round;

            List<PutResult> results = together(WRITERS, i -> () -> create(name, noise(50_000, i)));

            assertThat(results).containsOnlyOnce(PutResult.WRITTEN);
            assertThat(read(name)).isEqualTo(noise(50_000, results.indexOf(PutResult.WRITTEN)));
        }
    }

    @Test
    void letsOneOfTwoHandlesWin() throws Exception {
        if (!store().capabilities().conditionalCreate()) {
            assertUnsupported(() -> create("race/0", text("x")));
            return;
        }
        try (ObjectStore other = openAgain()) {
            List<ObjectStore> handles = List.of(store(), other);
            for (int round = 0; round < ROUNDS; round++) {
                String name = "handles/" + round;

                List<PutResult> results = together(
                        WRITERS,
                        i -> () -> handles.get(i % 2)
                                .put(name(name), ObjectBody.of(noise(5_000, i)), PutOptions.createOnly()));

                assertThat(results).containsOnlyOnce(PutResult.WRITTEN);
                assertThat(read(other, name, ByteRange.all()))
                        .isEqualTo(noise(5_000, results.indexOf(PutResult.WRITTEN)));
            }
        }
    }

    @Test
    void letsOneOfSixteenReplacersWin() throws Exception {
        put("lease", text("old"));
        if (!store().capabilities().conditionalReplace()) {
            assertUnsupported(() -> store().put(
                            name("lease"),
                            ObjectBody.of(text("new")),
                            new PutOptions(PutMode.replaceVersion("1"), Protection.none())));
            return;
        }
        String version = store().stat(name("lease")).orElseThrow().version().orElseThrow();
        PutOptions options = new PutOptions(PutMode.replaceVersion(version), Protection.none());

        List<PutResult> results =
                together(WRITERS, i -> () -> store().put(name("lease"), ObjectBody.of(noise(500, i)), options));

        assertThat(results).containsOnlyOnce(PutResult.WRITTEN);
        assertThat(read("lease")).isEqualTo(noise(500, results.indexOf(PutResult.WRITTEN)));
    }

    @Test
    void takesManyObjectsAtOnceIntoFoldersThatAreNew() throws Exception {
        List<PutResult> results = together(WRITERS, i -> () -> put("fresh/" + i % 2 + "/deep/" + i, noise(1_000, i)));

        assertThat(results).containsOnly(PutResult.WRITTEN);
        assertThat(list("fresh/"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, WRITERS)
                        .mapToObj(i -> "fresh/" + i % 2 + "/deep/" + i)
                        .toList());
        IntStream.range(0, WRITERS)
                .forEach(i -> assertThat(read("fresh/" + i % 2 + "/deep/" + i)).isEqualTo(noise(1_000, i)));
    }

    @Test
    void showsReadersTheOldOrTheNewObjectAndNothingElse() throws Exception {
        byte[] even = noise(200_000, 0);
        byte[] odd = noise(150_000, 1);
        put("turning", even);
        AtomicBoolean done = new AtomicBoolean();

        List<Boolean> sound = together(4, i -> () -> {
            if (i == 0) {
                return turn(even, odd, done);
            }
            boolean fine = true;
            while (fine && !done.get()) {
                byte[] seen = read("turning");
                fine = Arrays.equals(seen, even) || Arrays.equals(seen, odd);
            }
            return fine;
        });

        assertThat(sound).containsOnly(true);
    }

    private boolean turn(byte[] even, byte[] odd, AtomicBoolean done) {
        try {
            for (int turn = 1; turn <= 40; turn++) {
                put("turning", turn % 2 == 0 ? even : odd);
            }
            return true;
        } finally {
            done.set(true);
        }
    }

    @Test
    void deletesForGoodWhoeverAsks() throws Exception {
        put("doomed", text("x"));

        List<DeleteResult> results = together(WRITERS, i -> () -> store().delete(name("doomed")));

        assertThat(results).contains(DeleteResult.DELETED).doesNotContain(DeleteResult.RETAINED);
        assertHasNothingUnder("doomed");
    }
}
