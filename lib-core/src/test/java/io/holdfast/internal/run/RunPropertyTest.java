// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Runs against sorted maps and sets of the JDK. */
final class RunPropertyTest {
    private static final Comparator<RunEntry> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.key(), b.key());
    private static final Comparator<RunEntry> BY_PAIR =
            BY_KEY.thenComparing((a, b) -> Arrays.compareUnsigned(a.value(), b.value()));

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void readsBackWhatWasWritten(
            @ForAll("entries") List<RunEntry> entries, @ForAll("unique") RunSettings settings, @ForAll byte[] extra) {
        NavigableMap<byte[], RunEntry> model = model(entries);

        Runs.Written written = Runs.write(settings, model.values(), extra);
        RunReader reader = written.open(settings.kind());

        assertThat(Runs.drain(reader.scan())).containsExactlyElementsOf(model.values());
        assertThat(reader.entries())
                .isEqualTo(model.size())
                .isEqualTo(written.summary().entries());
        assertThat(reader.extra()).isEqualTo(extra);
        assertThat(written.summary().length()).isEqualTo(written.bytes().length);
        if (!model.isEmpty()) {
            assertThat(reader.firstKey())
                    .isEqualTo(model.firstKey())
                    .isEqualTo(written.summary().firstKey());
            assertThat(reader.lastKey())
                    .isEqualTo(model.lastKey())
                    .isEqualTo(written.summary().lastKey());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void findsKeysAndRangesAsAMapDoes(
            @ForAll("entries") List<RunEntry> entries,
            @ForAll("unique") RunSettings settings,
            @ForAll("keyList") List<byte[]> keys) {
        NavigableMap<byte[], RunEntry> model = model(entries);
        RunReader reader = Runs.write(settings, model.values()).open(settings.kind());

        List<byte[]> asked = new ArrayList<>(keys);
        model.keySet().stream().limit(20).forEach(asked::add);
        for (byte[] key : asked) {
            RunEntry expected = model.get(key);
            if (expected == null) {
                assertThat(reader.get(key)).isEmpty();
            } else {
                assertThat(reader.mightContain(key)).isTrue();
                assertThat(reader.get(key)).contains(expected);
            }
            assertThat(Runs.drain(reader.scanFrom(key)))
                    .containsExactlyElementsOf(model.tailMap(key, true).values());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void selectsManyKeysInOnePass(
            @ForAll("entries") List<RunEntry> entries,
            @ForAll("unique") RunSettings settings,
            @ForAll("keyList") List<byte[]> keys) {
        NavigableMap<byte[], RunEntry> model = model(entries);
        RunReader reader = Runs.write(settings, model.values()).open(settings.kind());
        TreeSet<byte[]> asked = new TreeSet<>(Arrays::compareUnsigned);
        asked.addAll(keys);
        model.keySet().stream().limit(30).forEach(asked::add);

        List<RunEntry> found = Runs.drain(reader.select(asked.iterator()));

        assertThat(found)
                .containsExactlyElementsOf(asked.stream()
                        .filter(model::containsKey)
                        .map(model::get)
                        .collect(Collectors.toList()));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void scansWhatIsNewerThanANumber(
            @ForAll("entries") List<RunEntry> entries,
            @ForAll("unique") RunSettings settings,
            @ForAll @IntRange(max = 40) int number) {
        NavigableMap<byte[], RunEntry> model = model(entries);
        RunReader reader = Runs.write(settings, model.values()).open(settings.kind());

        assertThat(Runs.drain(reader.scanAbove(number)))
                .containsExactlyElementsOf(model.values().stream()
                        .filter(entry -> entry.number() > number)
                        .collect(Collectors.toList()));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void keepsAllPairsOfKeysThatRepeat(@ForAll("pairs") List<RunEntry> entries, @ForAll("multi") RunSettings settings) {
        TreeSet<RunEntry> model = new TreeSet<>(BY_PAIR);
        model.addAll(entries);
        RunReader reader = Runs.write(settings, model).open(settings.kind());

        assertThat(Runs.drain(reader.scan())).containsExactlyElementsOf(model);
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        model.forEach(entry -> keys.add(entry.key()));
        for (byte[] key : keys) {
            assertThat(reader.getAll(key))
                    .containsExactlyElementsOf(model.stream()
                            .filter(entry -> Arrays.equals(entry.key(), key))
                            .collect(Collectors.toList()));
        }
        assertThat(Runs.drain(reader.select(keys.iterator()))).containsExactlyElementsOf(model);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void mergesSoThatTheNewestEntryOfAKeyWins(
            @ForAll("stack") List<List<RunEntry>> newestFirst,
            @ForAll("unique") RunSettings settings,
            @ForAll boolean dropTombstones) {
        NavigableMap<byte[], RunEntry> model = new TreeMap<>(Arrays::compareUnsigned);
        List<RunCursor> cursors = new ArrayList<>();
        for (List<RunEntry> entries : newestFirst) {
            Collection<RunEntry> sorted = model(entries).values();
            sorted.forEach(entry -> model.putIfAbsent(entry.key(), entry));
            cursors.add(Runs.write(settings, sorted).open(settings.kind()).scan());
        }
        if (dropTombstones) {
            model.values().removeIf(RunEntry::tombstone);
        }

        assertThat(Runs.drain(RunMerger.shadowing(cursors, dropTombstones))).containsExactlyElementsOf(model.values());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void unitesPairs(@ForAll("pairStack") List<List<RunEntry>> stack, @ForAll("multi") RunSettings settings) {
        TreeSet<RunEntry> model = new TreeSet<>(BY_PAIR);
        List<RunCursor> cursors = new ArrayList<>();
        for (List<RunEntry> entries : stack) {
            TreeSet<RunEntry> sorted = new TreeSet<>(BY_PAIR);
            sorted.addAll(entries);
            model.addAll(sorted);
            cursors.add(Runs.write(settings, sorted).open(settings.kind()).scan());
        }

        assertThat(Runs.drain(RunMerger.union(cursors))).containsExactlyElementsOf(model);
    }

    private static NavigableMap<byte[], RunEntry> model(List<RunEntry> entries) {
        NavigableMap<byte[], RunEntry> model = new TreeMap<>(Arrays::compareUnsigned);
        entries.forEach(entry -> model.put(entry.key(), entry));
        return model;
    }

    @Provide
    Arbitrary<RunSettings> unique() {
        return settings(RunKind.MANIFEST);
    }

    @Provide
    Arbitrary<RunSettings> multi() {
        return settings(RunKind.INDEX);
    }

    private static Arbitrary<RunSettings> settings(RunKind kind) {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(0, 1, 3),
                        Arbitraries.of(64, 100, 500, 16384),
                        Arbitraries.of(1, 2, 7, 1000))
                .as((filter, level, block, part) -> new RunSettings(kind, filter, level, block, part));
    }

    @Provide
    Arbitrary<List<byte[]>> keyList() {
        return keys().list().ofMaxSize(20);
    }

    /** Few letters and long common beginnings, so that keys share prefixes and are prefixes of one another. */
    private static Arbitrary<byte[]> keys() {
        Arbitrary<byte[]> few = Arbitraries.of((byte) 0, (byte) 1, (byte) 'a', (byte) -1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(RunPropertyTest::toArray);
        Arbitrary<byte[]> any =
                Arbitraries.bytes().list().ofMinSize(1).ofMaxSize(40).map(RunPropertyTest::toArray);
        return Arbitraries.oneOf(few, any);
    }

    private static byte[] toArray(List<Byte> list) {
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list.get(i);
        }
        return bytes;
    }

    private static Arbitrary<byte[]> values() {
        return Arbitraries.bytes().list().ofMaxSize(30).map(RunPropertyTest::toArray);
    }

    @Provide
    Arbitrary<List<RunEntry>> entries() {
        return Combinators.combine(keys(), numbers(), Arbitraries.of(true, false, false), values())
                .as((key, number, gone, value) ->
                        gone ? RunEntry.removal(key, number) : RunEntry.of(key, number, value))
                .list()
                .ofMaxSize(200);
    }

    @Provide
    Arbitrary<List<RunEntry>> pairs() {
        Arbitrary<byte[]> fewValues = Arbitraries.of((byte) 0, (byte) 7, (byte) -2)
                .list()
                .ofMaxSize(4)
                .map(RunPropertyTest::toArray);
        return Combinators.combine(keys(), fewValues)
                .as((key, value) -> RunEntry.of(key, 1, value))
                .list()
                .ofMaxSize(200);
    }

    @Provide
    Arbitrary<List<List<RunEntry>>> stack() {
        return entries().list().ofMaxSize(7);
    }

    @Provide
    Arbitrary<List<List<RunEntry>>> pairStack() {
        return pairs().list().ofMaxSize(5);
    }

    private static Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 40), Arbitraries.of(Long.MAX_VALUE, 63L, 64L, 127L, 1L << 62));
    }
}
