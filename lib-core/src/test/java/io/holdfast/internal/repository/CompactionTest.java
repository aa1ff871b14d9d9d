// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunKind;
import io.holdfast.store.CountingObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionTest {
    private static final int MIB = 1 << 20;
    private static final int VALUE = 16 << 10;

    private final ShelfWorld world = new ShelfWorld(2);
    private final RunShelf shelf = world.shelf();

    /** About as many bytes as that, from a key on, every step-th key. */
    private RunRef run(long number, int mebibytes, int first, int step) {
        List<String> keys = IntStream.range(0, mebibytes * MIB / VALUE)
                .mapToObj(i -> String.format(Locale.ROOT, "%08d", first + i * step))
                .toList();
        return world.run(shelf, number, keys, VALUE);
    }

    private Compaction compaction(List<RunRef> newestFirst) {
        return new Compaction(new RunStack(shelf, newestFirst), world.keys, RunKind.MANIFEST);
    }

    private List<RunRef> compact(List<RunRef> newestFirst) {
        return compaction(newestFirst).compact().runs();
    }

    private List<RunRef> mergeAll(RunRef... newestFirst) {
        return compaction(List.of(newestFirst)).mergeAll().runs();
    }

    /** Levels of these sizes that all have entries between those of the others. */
    private List<RunRef> levels(int... mebibytes) {
        return IntStream.range(0, mebibytes.length)
                .mapToObj(i -> run(mebibytes.length - i, mebibytes[i], i, mebibytes.length))
                .toList();
    }

    private List<String> keys(List<RunRef> runs) {
        List<String> keys = new ArrayList<>();
        RunCursor cursor = new RunStack(shelf, runs).live(null, List.of());
        while (cursor.advance()) {
            keys.add(new String(cursor.keyBytes(), cursor.keyOffset(), cursor.keyLength(), StandardCharsets.UTF_8) + "="
                    + cursor.number());
        }
        return keys;
    }

    @Test
    void leavesEightLevelsAlone() {
        List<RunRef> before = levels(1, 1, 1, 1, 1, 1, 1, 1);

        assertThat(compact(before)).isEqualTo(before);
    }

    @Test
    void mergesTheFewestLevelsThatAreNoLongerThanTheOneBelow() {
        List<RunRef> before = levels(1, 1, 1, 2, 6, 7, 7, 7, 7);

        List<RunRef> after = compact(before);

        assertThat(new RunStack(shelf, after).levels()).hasSize(6);
        assertThat(after).endsWith(before.subList(4, 9).toArray(RunRef[]::new));
        assertThat(keys(after)).isEqualTo(keys(before));
    }

    @Test
    void mergesAllWhereNoLevelIsLongEnough() {
        List<RunRef> before = levels(2, 1, 1, 1, 1, 1, 1, 1, 1);

        List<RunRef> after = compact(before);

        assertThat(new RunStack(shelf, after).levels()).hasSize(1);
        assertThat(keys(after)).isEqualTo(keys(before));
    }

    @Test
    void cutsWhatIsLongerThanEightMebibytes() {
        List<RunRef> before = List.of(run(2, 7, 0, 2), run(1, 12, 1, 2));

        List<RunRef> after = mergeAll(before.get(0), before.get(1));

        assertThat(after)
                .hasSize(3)
                .allSatisfy(segment -> assertThat(segment.length()).isBetween(1L, 8L * MIB + 64 * 1024));
        assertThat(new RunStack(shelf, after).levels()).hasSize(1);
        assertThat(keys(after)).isEqualTo(keys(before));
    }

    @Test
    void readsALongStackPieceByPiece() {
        List<RunRef> before = List.of(run(3, 5, 0, 3), run(2, 5, 1, 3), run(1, 5, 2, 3));
        CountingObjectStore counted = new CountingObjectStore(world.store);
        RunStack stack = new RunStack(new RunShelf(counted, world.keys, 1 << 20), before);

        RunCursor cursor = stack.live(null, List.of());
        while (cursor.advance()) {
            assertThat(cursor.valueLength()).isEqualTo(VALUE);
        }

        // With whole runs it would be three.
        assertThat(counted.counts().gets()).isGreaterThan(6);
        assertThat(keys(before)).hasSize(3 * 5 * MIB / VALUE);
    }

    @Test
    void takesOverTheSegmentsThatAMergeDoesNotTouch() {
        List<RunRef> segments = mergeAll(run(2, 7, 0, 2), run(1, 12, 1, 2));
        RunRef last = segments.get(2);
        int first = Integer.parseInt(new String(last.firstKey(), StandardCharsets.UTF_8));
        List<RunRef> before = new ArrayList<>(List.of(run(3, 1, first, 5)));
        before.addAll(segments);

        List<RunRef> after = compaction(before).mergeAll().runs();

        assertThat(after).contains(segments.get(0), segments.get(1)).doesNotContain(last);
        assertThat(keys(after)).isEqualTo(keys(before));
        assertThat(new RunStack(shelf, after).levels()).hasSize(1);
    }

    /** Whatever the sessions wrote: few levels, no entry lost or doubled, and each byte written again a few times only. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void lookupsAndMergesStayCheapHoweverManySessionsThereWere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RunRef> runs = List.of();
        TreeMap<String, Long> model = new TreeMap<>();
        long written = 0;
        long merged = 0;
        for (long session = 1; session <= 300; session++) {
            int size = seed == 1 ? 4 : 1 << random.nextInt(7);
            TreeSet<String> keys = new TreeSet<>();
            for (int i = 0; i < size; i++) {
                keys.add(String.format(Locale.ROOT, "%08d", random.nextInt(20_000)));
            }
            RunRef added = world.run(shelf, session, List.copyOf(keys), 1_000);
            for (String key : keys) {
                model.put(key, session);
            }
            List<RunRef> more = new ArrayList<>(List.of(added));
            more.addAll(runs);
            runs = compact(more);
            written += added.length();
            List<RunRef> before = more;
            merged += runs.stream()
                    .filter(run -> !before.contains(run))
                    .mapToLong(RunRef::length)
                    .sum();
            assertThat(new RunStack(shelf, runs).levels().size()).isLessThanOrEqualTo(Compaction.MOST_LEVELS);
        }
        assertThat(keys(runs))
                .isEqualTo(model.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        // 2 + log8(300) is 4.7, the first writing included.
        assertThat((double) merged / written).isLessThan(4);
    }
}
