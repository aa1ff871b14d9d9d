// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunMergerTest {
    private static RunEntry entry(String key, long number) {
        return RunEntry.of(Runs.bytes(key), number, Runs.bytes("v" + number));
    }

    @Test
    void mergesNothing() {
        assertThat(RunMerger.shadowing(List.of(), true).advance()).isFalse();
        assertThat(RunMerger.union(List.of(Runs.cursor(List.of()), Runs.cursor(List.of())))
                        .advance())
                .isFalse();
    }

    @Test
    void dropsTombstonesTogetherWithWhatTheyHide() {
        List<RunEntry> older = List.of(entry("a", 1), entry("b", 1), entry("c", 1));
        List<RunEntry> newer = List.of(RunEntry.removal(Runs.bytes("b"), 2), RunEntry.removal(Runs.bytes("d"), 2));

        assertThat(Runs.drain(RunMerger.shadowing(List.of(Runs.cursor(newer), Runs.cursor(older)), true)))
                .containsExactly(older.get(0), older.get(2));
        assertThat(Runs.drain(RunMerger.shadowing(List.of(Runs.cursor(newer), Runs.cursor(older)), false)))
                .containsExactly(older.get(0), newer.get(0), older.get(2), newer.get(1));
    }

    @Test
    void refusesACursorThatDoesNotAscend() {
        RunCursor merged = RunMerger.shadowing(List.of(Runs.cursor(List.of(entry("b", 1), entry("a", 1)))), false);

        assertThat(merged.advance()).isTrue();
        assertThatThrownBy(merged::advance).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hasNoEntryBeforeTheFirstAndAfterTheLast() {
        RunCursor merged = RunMerger.shadowing(List.of(Runs.cursor(List.of(entry("a", 1)))), false);

        assertThatThrownBy(merged::keyBytes).isInstanceOf(IllegalStateException.class);
        assertThat(merged.advance()).isTrue();
        assertThat(merged.advance()).isFalse();
        assertThat(merged.advance()).isFalse();
        assertThatThrownBy(merged::keyBytes).isInstanceOf(IllegalStateException.class);
    }

    /** Of each of nine runs at most one block may be open beyond those that are used up. */
    @Test
    void holdsOneBlockOfEachRun() {
        int runs = 9;
        List<CountingRunBytes> sources = new ArrayList<>();
        List<RunReader> readers = new ArrayList<>();
        List<RunCursor> cursors = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            List<RunEntry> entries = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                entries.add(entry(String.format("%06d", i * runs + run), run));
            }
            byte[] bytes = Runs.write(RunSettings.of(RunKind.MANIFEST).withBlockBytes(1024), entries)
                    .bytes();
            CountingRunBytes counting = new CountingRunBytes(bytes, 0);
            RunReader reader = RunReader.open(counting, Runs.SEALERS, RunKind.MANIFEST, new BlockCache(0));
            counting.reads = 0;
            sources.add(counting);
            readers.add(reader);
            cursors.add(reader.scan());
        }

        RunCursor merged = RunMerger.shadowing(cursors, false);
        int seen = 0;
        while (merged.advance()) {
            for (int run = 0; run < runs; run++) {
                double consumedBlocks =
                        seen / (double) runs / 3000 * readers.get(run).blocks();
                assertThat(sources.get(run).reads).isLessThanOrEqualTo((int) consumedBlocks + 2);
            }
            seen++;
        }

        assertThat(seen).isEqualTo(3000 * runs);
        for (int run = 0; run < runs; run++) {
            assertThat(sources.get(run).reads).isEqualTo(readers.get(run).blocks());
        }
    }
}
