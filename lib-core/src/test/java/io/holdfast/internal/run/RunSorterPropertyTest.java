// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class RunSorterPropertyTest {
    private static final Comparator<RunEntry> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.key(), b.key());
    private static final Comparator<RunEntry> BY_PAIR =
            BY_KEY.thenComparing((a, b) -> Arrays.compareUnsigned(a.value(), b.value()));

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void handsOutTheLastEntryOfEachKeyInOrder(@ForAll("entries") List<RunEntry> entries) {
        TreeMap<RunEntry, RunEntry> model = new TreeMap<>(BY_KEY);
        entries.forEach(entry -> model.put(entry, entry));
        RunSorter sorter = new RunSorter(KeyMode.UNIQUE, 1 << 20);

        entries.forEach(sorter::add);

        assertThat(Runs.drain(sorter.sorted())).containsExactlyElementsOf(model.values());
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void handsOutEachPairOnceInOrder(@ForAll("pairs") List<RunEntry> entries) {
        TreeMap<RunEntry, RunEntry> model = new TreeMap<>(BY_PAIR);
        entries.forEach(entry -> model.put(entry, entry));
        RunSorter sorter = new RunSorter(KeyMode.MULTI, 1 << 20);

        entries.forEach(sorter::add);

        assertThat(Runs.drain(sorter.sorted())).containsExactlyElementsOf(model.values());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void spillsToRunsThatMergeToTheSameResult(@ForAll("entries") List<RunEntry> entries) {
        TreeMap<RunEntry, RunEntry> model = new TreeMap<>(BY_KEY);
        entries.forEach(entry -> model.put(entry, entry));
        RunSorter sorter = new RunSorter(KeyMode.UNIQUE, 1024);
        List<RunCursor> runs = new ArrayList<>();

        for (RunEntry entry : entries) {
            if (sorter.add(entry)) {
                runs.add(Runs.cursor(Runs.drain(sorter.sorted())));
                sorter.clear();
            }
        }
        runs.add(sorter.sorted());
        Collections.reverse(runs);

        assertThat(Runs.drain(RunMerger.shadowing(runs, false))).containsExactlyElementsOf(model.values());
    }

    @Provide
    Arbitrary<List<RunEntry>> entries() {
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Combinators.combine(keys(), Arbitraries.longs().greaterOrEqual(0), Arbitraries.of(true, false), values)
                .as((key, number, gone, value) ->
                        gone ? RunEntry.removal(key, number) : RunEntry.of(key, number, value))
                .list()
                .ofMaxSize(300);
    }

    @Provide
    Arbitrary<List<RunEntry>> pairs() {
        Arbitrary<byte[]> values = Arbitraries.of((byte) 0, (byte) 1, (byte) -1)
                .array(byte[].class)
                .ofMaxSize(3);
        return Combinators.combine(keys(), Arbitraries.longs().greaterOrEqual(0), values)
                .as(RunEntry::of)
                .list()
                .ofMaxSize(300);
    }

    /** Keys that begin alike, up to more than the eight bytes that the sorter compares first, and end in zeros. */
    private static Arbitrary<byte[]> keys() {
        return Arbitraries.of((byte) 0, (byte) 0, (byte) 'x', (byte) -1)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(14);
    }
}
