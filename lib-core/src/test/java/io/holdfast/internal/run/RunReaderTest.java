// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunReaderTest {
    private static final RunSettings RAW = RunSettings.of(RunKind.MANIFEST).withCompressionLevel(0);

    private static byte[] key(int i) {
        return Runs.bytes(String.format("key-%08d", i));
    }

    private static List<RunEntry> entries(int count, int valueLength) {
        List<RunEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[valueLength];
            value[i % valueLength] = (byte) i;
            entries.add(RunEntry.of(key(i), i, value));
        }
        return entries;
    }

    private static RunReader open(RunBytes bytes) {
        return RunReader.open(bytes, Runs.SEALERS, RunKind.MANIFEST, new BlockCache(1 << 20));
    }

    @Test
    void opensAnEmptyRun() {
        RunReader reader = Runs.write(RunSettings.of(RunKind.INDEX), List.of()).open(RunKind.INDEX);

        assertThat(reader.entries()).isZero();
        assertThat(reader.blocks()).isZero();
        assertThat(reader.firstKey()).isEmpty();
        assertThat(reader.lastKey()).isEmpty();
        assertThat(reader.mightContain(key(1))).isFalse();
        assertThat(reader.get(key(1))).isEmpty();
        assertThat(reader.getAll(key(1))).isEmpty();
        assertThat(Runs.drain(reader.scan())).isEmpty();
        assertThat(Runs.drain(reader.scanFrom(key(1)))).isEmpty();
        assertThat(Runs.drain(reader.scanAbove(0))).isEmpty();
        assertThat(Runs.drain(reader.select(List.of(key(1)).iterator()))).isEmpty();
        reader.verify();
    }

    @Test
    void opensARunOfOneEntry() {
        RunEntry only = RunEntry.of(key(5), 3, new byte[] {9});
        RunReader reader = Runs.write(RAW, List.of(only)).open(RunKind.MANIFEST);

        assertThat(reader.get(key(5))).contains(only);
        assertThat(reader.get(key(4))).isEmpty();
        assertThat(reader.get(key(6))).isEmpty();
        assertThat(Runs.drain(reader.scanFrom(key(4)))).containsExactly(only);
        assertThat(Runs.drain(reader.scanFrom(key(6)))).isEmpty();
        reader.verify();
    }

    @Test
    void readsTheEndOnceToOpen() {
        CountingRunBytes bytes =
                new CountingRunBytes(Runs.write(RAW, entries(20_000, 50)).bytes(), 0);

        open(bytes);

        assertThat(bytes.reads).isEqualTo(1);
    }

    @Test
    void readsTwiceToOpenWhenTheTailIsLong() {
        CountingRunBytes bytes = new CountingRunBytes(
                Runs.write(RAW.withBlockBytes(64), entries(20_000, 50)).bytes(), 0);

        RunReader reader = open(bytes);

        assertThat(bytes.reads).isEqualTo(2);
        assertThat(reader.blocks()).isGreaterThan(9_000);
        reader.verify();
    }

    @Test
    void readsABlockOnceForManyLookups() {
        CountingRunBytes bytes = new CountingRunBytes(
                Runs.write(RAW.withFilter(false), entries(1000, 50)).bytes(), 0);
        RunReader reader = open(bytes);
        int opening = bytes.reads;

        for (int i = 0; i < 100; i++) {
            assertThat(reader.get(key(i))).isPresent();
        }

        assertThat(bytes.reads - opening).isEqualTo(1);
    }

    @Test
    void readsNoBlockForAKeyThatTheFilterRefuses() {
        CountingRunBytes bytes = new CountingRunBytes(
                Runs.write(RAW.withFilter(true), entries(1000, 50)).bytes(), 0);
        RunReader reader = open(bytes);
        reader.mightContain(key(0));
        int before = bytes.reads;

        int passed = 0;
        for (int i = 0; i < 900; i++) {
            byte[] unknown = Runs.bytes(String.format("key-%08d+", i));
            passed += reader.mightContain(unknown) ? 1 : 0;
            assertThat(reader.get(unknown)).isEmpty();
        }

        assertThat(passed).isLessThan(20);
        assertThat(bytes.reads - before).isLessThanOrEqualTo(passed);
    }

    @Test
    void readsOnlyBlocksWithANewerEntryForADiff() {
        List<RunEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            entries.add(RunEntry.of(key(i), i == 7000 || i == 15_000 ? 9 : 3, new byte[50]));
        }
        CountingRunBytes bytes = new CountingRunBytes(Runs.write(RAW, entries).bytes(), 0);
        RunReader reader = open(bytes);
        int opening = bytes.reads;

        assertThat(Runs.drain(reader.scanAbove(3))).containsExactly(entries.get(7000), entries.get(15_000));

        assertThat(reader.blocks()).isGreaterThan(50);
        assertThat(bytes.reads - opening).isEqualTo(2);
    }

    @Test
    void readsAheadWhereRequestsCost() {
        List<RunEntry> entries = entries(20_000, 50);
        CountingRunBytes bytes = new CountingRunBytes(Runs.write(RAW, entries).bytes(), 256 << 10);
        RunReader reader = open(bytes);
        int opening = bytes.reads;

        assertThat(Runs.drain(reader.scan())).isEqualTo(entries);

        assertThat(bytes.reads - opening).isLessThanOrEqualTo((int) (bytes.length() / (200 << 10)) + 1);
        assertThat(Runs.drain(reader.scanFrom(key(19_000)))).isEqualTo(entries.subList(19_000, 20_000));
        assertThat(Runs.drain(reader.scanAbove(19_990))).isEqualTo(entries.subList(19_991, 20_000));
    }

    @Test
    void doesNotReadBetweenFarApartBlocksWhenItReadsAhead() {
        List<RunEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            entries.add(RunEntry.of(key(i), i == 10 || i == 19_000 ? 9 : 3, new byte[50]));
        }
        CountingRunBytes bytes = new CountingRunBytes(Runs.write(RAW, entries).bytes(), 256 << 10);
        RunReader reader = open(bytes);
        long opening = bytes.readBytes;

        assertThat(Runs.drain(reader.scanAbove(3))).hasSize(2);

        assertThat(bytes.readBytes - opening).isLessThan(64 << 10);
    }

    @Test
    void refusesKeysToSelectThatDoNotAscend() {
        RunReader reader = Runs.write(RAW, entries(10, 5)).open(RunKind.MANIFEST);
        RunCursor cursor = reader.select(List.of(key(5), key(3)).iterator());

        assertThat(cursor.advance()).isTrue();
        assertThatThrownBy(cursor::advance).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsARunInsideOfSomethingLarger() {
        List<RunEntry> entries = entries(3000, 20);
        byte[] run = Runs.write(RAW, entries).bytes();
        byte[] pack =
                ByteBuffer.allocate(run.length + 300).position(100).put(run).array();

        RunReader reader = open(RunBytes.of("pack", pack).part("run in pack", 100, run.length));

        assertThat(Runs.drain(reader.scan())).isEqualTo(entries);
        reader.verify();
    }

    @Test
    void readsAMappedFile(@TempDir Path directory) throws IOException {
        List<RunEntry> entries = entries(3000, 20);
        Path file =
                Files.write(directory.resolve("run"), Runs.write(RAW, entries).bytes());

        RunReader reader = open(MappedRunBytes.map(file));

        assertThat(Runs.drain(reader.scan())).isEqualTo(entries);
        reader.verify();
    }

    @Test
    void saysThatAFileToMapIsMissing(@TempDir Path directory) {
        assertThatThrownBy(() -> MappedRunBytes.map(directory.resolve("none")))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.STORE_OBJECT_MISSING));
    }

    @Test
    void findsKeysInAllPartsOfTheFilter() {
        int count = 1_200_000;
        Iterator<EntryView> entries = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public EntryView next() {
                byte[] key = ByteBuffer.allocate(20).putInt(next * 3).array();
                return RunEntry.of(
                        key, 1, ByteBuffer.allocate(20).putInt(next++).array());
            }
        };
        RunReader reader =
                Runs.write(RunSettings.of(RunKind.INDEX), () -> entries).open(RunKind.INDEX);

        assertThat(reader.tail().filters().size()).isEqualTo(2);
        int passed = 0;
        for (int i = 0; i < count; i++) {
            assertThat(reader.mightContain(ByteBuffer.allocate(20).putInt(i * 3).array()))
                    .isTrue();
            passed += reader.mightContain(
                            ByteBuffer.allocate(20).putInt(i * 3 + 1).array())
                    ? 1
                    : 0;
        }
        assertThat(passed / (double) count).isLessThan(0.005);
        assertThat(reader.heapBytes()).isGreaterThan(count).isLessThan(3L * count);
        for (int i : new int[] {0, 1, 999_999, 1_000_000, 1_000_001, count - 1}) {
            assertThat(reader.get(ByteBuffer.allocate(20).putInt(i * 3).array()))
                    .isPresent();
        }
        reader.verify();
    }
}
