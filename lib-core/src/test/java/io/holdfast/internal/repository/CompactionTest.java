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
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

    private List<RunRef> compact(List<RunRef> newestFirst, long writtenBytes) {
        return new Compaction(new RunStack(shelf, newestFirst), world.keys, RunKind.MANIFEST)
                .compact(writtenBytes)
                .runs();
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
    void mergesUpToEightMebibytesHoweverLittleWasWritten() {
        List<RunRef> before = List.of(run(3, 1, 0, 3), run(2, 3, 1, 3), run(1, 3, 2, 3));

        List<RunRef> after = compact(before, 1);

        assertThat(after).hasSize(1);
        assertThat(keys(after)).isEqualTo(keys(before));
    }

    @Test
    void mergesAtMostFourTimesWhatWasWritten() {
        RunRef oldest = run(1, 14, 0, 1);
        List<RunRef> before = List.of(run(3, 3, 0, 2), run(2, 3, 1, 2), oldest);

        List<RunRef> after = compact(before, 3 * MIB);

        assertThat(after).contains(oldest).hasSize(2);
        assertThat(keys(after)).isEqualTo(keys(before));
        assertThat(keys(compact(after, 6 * MIB))).isEqualTo(keys(before));
        assertThat(compact(after, 6 * MIB)).doesNotContain(oldest);
    }

    @Test
    void cutsWhatIsLongerThanEightMebibytes() {
        List<RunRef> before = List.of(run(2, 7, 0, 2), run(1, 12, 1, 2));

        List<RunRef> after = compact(before, 7 * MIB);

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
        List<RunRef> segments = compact(List.of(run(2, 7, 0, 2), run(1, 12, 1, 2)), 7 * MIB);
        RunRef last = segments.get(2);
        int first = Integer.parseInt(new String(last.firstKey(), StandardCharsets.UTF_8));
        List<RunRef> before = new ArrayList<>(List.of(run(3, 1, first, 5)));
        before.addAll(segments);

        List<RunRef> after = compact(before, 6 * MIB);

        assertThat(after).contains(segments.get(0), segments.get(1)).doesNotContain(last);
        assertThat(keys(after)).isEqualTo(keys(before));
        assertThat(new RunStack(shelf, after).levels()).hasSize(1);
    }

    @Test
    void aSessionThatWroteNothingMergesNothing() {
        List<RunRef> before = List.of(run(2, 1, 0, 2), run(1, 1, 1, 2));

        assertThat(compact(before, 0)).isEqualTo(before);
    }

    @Test
    void lookupsStayFewHoweverManySessionsThereWere() {
        List<RunRef> runs = List.of(run(1, 10, 0, 1));
        for (int session = 2; session < 40; session++) {
            List<RunRef> more = new ArrayList<>(List.of(run(session, 1, session, 7)));
            more.addAll(runs);
            runs = compact(more, MIB);
            assertThat(new RunStack(shelf, runs).levels().size()).isLessThanOrEqualTo(9);
        }
        assertThat(Set.copyOf(keys(runs))).hasSize(640);
    }
}
