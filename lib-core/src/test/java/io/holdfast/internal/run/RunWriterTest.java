// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.RepositoryException;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunWriterTest {
    private static final RunSettings RAW = RunSettings.of(RunKind.MANIFEST).withCompressionLevel(0);
    private static final RunSettings PAIRS = RunSettings.of(RunKind.INDEX);

    private static RunEntry entry(String key, String value) {
        return RunEntry.of(Runs.bytes(key), 1, Runs.bytes(value));
    }

    private static List<RunEntry> entries(int count, int valueLength) {
        List<RunEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(RunEntry.of(Runs.bytes(String.format("%06d", i)), i, new byte[valueLength]));
        }
        return entries;
    }

    @Test
    void summarisesWhatItWrote() throws NoSuchAlgorithmException {
        List<RunEntry> entries =
                List.of(entry("a", "1"), RunEntry.removal(Runs.bytes("b"), 7), RunEntry.removal(Runs.bytes("c"), 4));

        Runs.Written written = Runs.write(RAW, entries);

        RunSummary summary = written.summary();
        assertThat(summary.length()).isEqualTo(written.bytes().length);
        assertThat(summary.sha256())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(written.bytes()));
        assertThat(summary.entries()).isEqualTo(3);
        assertThat(summary.tombstones()).isEqualTo(2);
        assertThat(summary.firstKey()).isEqualTo(Runs.bytes("a"));
        assertThat(summary.lastKey()).isEqualTo(Runs.bytes("c"));
        assertThat(summary.highestNumber()).isEqualTo(7);
        RunReader reader = written.open(RunKind.MANIFEST);
        assertThat(reader.tombstones()).isEqualTo(2);
        assertThat(reader.highestNumber()).isEqualTo(7);
    }

    @Test
    void refusesKeysThatDoNotAscend() {
        for (List<RunEntry> wrong : List.of(
                List.of(entry("b", ""), entry("a", "")),
                List.of(entry("a", "1"), entry("a", "2")),
                List.of(entry("ab", ""), entry("a", "")))) {
            assertThatThrownBy(() -> Runs.write(RAW, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesKeysThatDoNotAscendFromOneBlockToTheNext() {
        RunEntry large = RunEntry.of(Runs.bytes("m"), 1, new byte[20_000]);

        assertThatThrownBy(() -> Runs.write(RAW, List.of(large, entry("l", ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesPairsThatDoNotAscend() {
        for (List<RunEntry> wrong : List.of(
                List.of(entry("b", ""), entry("a", "")),
                List.of(entry("a", "2"), entry("a", "1")),
                List.of(entry("a", "1"), entry("a", "1")),
                List.of(RunEntry.removal(Runs.bytes("a"), 1)))) {
            assertThatThrownBy(() -> Runs.write(PAIRS, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesEntriesOutsideTheLimits() {
        assertThatThrownBy(() -> RunEntry.of(new byte[0], 1, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunEntry.of(new byte[RunFormat.MAX_KEY_BYTES + 1], 1, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunEntry.of(new byte[1], 1, new byte[RunFormat.MAX_VALUE_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunEntry.of(new byte[1], -1, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RunEntry(new byte[1], 1, true, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesTheLongestKeysAndValues() {
        byte[] low = new byte[RunFormat.MAX_KEY_BYTES];
        byte[] high = low.clone();
        high[high.length - 1] = 1;
        byte[] value = new byte[RunFormat.MAX_VALUE_BYTES];
        Arrays.fill(value, (byte) 5);
        List<RunEntry> entries = List.of(
                RunEntry.of(low, 1, value),
                RunEntry.of(high, Long.MAX_VALUE, value),
                RunEntry.of(new byte[] {1}, 0, new byte[0]),
                RunEntry.of(new byte[] {2}, 0, value),
                RunEntry.of(new byte[] {3}, 0, new byte[1]));

        for (int level : new int[] {0, 3}) {
            RunReader reader =
                    Runs.write(RAW.withCompressionLevel(level), entries).open(RunKind.MANIFEST);

            assertThat(Runs.drain(reader.scan())).isEqualTo(entries);
            assertThat(reader.get(high)).contains(entries.get(1));
            reader.verify();
        }
    }

    @Test
    void findsEveryKeyAroundRestartPointsAndBlockBoundaries() {
        for (int count : new int[] {1, 15, 16, 17, 31, 32, 33, 47, 48, 49}) {
            for (RunSettings settings : List.of(RAW, RAW.withBlockBytes(100), RAW.withBlockBytes(64))) {
                List<RunEntry> entries = entries(count, 3);
                RunReader reader = Runs.write(settings, entries).open(RunKind.MANIFEST);

                for (int i = 0; i < count; i++) {
                    RunEntry entry = entries.get(i);
                    assertThat(reader.get(entry.key())).contains(entry);
                    assertThat(Runs.drain(reader.scanFrom(entry.key()))).isEqualTo(entries.subList(i, count));
                    byte[] between = Arrays.copyOf(entry.key(), entry.key().length + 1);
                    assertThat(reader.get(between)).isEmpty();
                    assertThat(Runs.drain(reader.scanFrom(between))).isEqualTo(entries.subList(i + 1, count));
                }
            }
        }
    }

    @Test
    void keepsAllValuesOfAKeyThatFillsManyBlocks() {
        List<RunEntry> entries = new ArrayList<>();
        entries.add(entry("a", "x"));
        for (int i = 0; i < 500; i++) {
            entries.add(entry("k", String.format("%05d", i)));
        }
        entries.add(entry("z", "x"));
        RunReader reader = Runs.write(PAIRS.withBlockBytes(200).withFilterPartKeys(1), entries)
                .open(RunKind.INDEX);

        assertThat(reader.blocks()).isGreaterThan(20);
        assertThat(reader.getAll(Runs.bytes("k"))).isEqualTo(entries.subList(1, 501));
        assertThat(reader.get(Runs.bytes("k"))).contains(entries.get(1));
        assertThat(Runs.drain(reader.select(List.of(Runs.bytes("a"), Runs.bytes("k"), Runs.bytes("z"))
                        .iterator())))
                .isEqualTo(entries);
        reader.verify();
    }

    @Test
    void closesBlocksAtAboutSixteenKibibytes() {
        RunReader reader = Runs.write(RAW, entries(100_000, 30)).open(RunKind.MANIFEST);

        int[] lengths = reader.tail().blocks().plainLengths;
        for (int i = 0; i < lengths.length - 1; i++) {
            assertThat(lengths[i]).isBetween(16 << 10, (16 << 10) + 64);
        }
    }

    @Test
    void storesBlocksRawThatDoNotCompress() {
        List<RunEntry> entries = new ArrayList<>();
        long state = 1;
        for (int i = 0; i < 2000; i++) {
            byte[] value = new byte[64];
            for (int at = 0; at < 64; at += 8) {
                state = FuseFilter.mix(state, i);
                RunFormat.putI64(value, at, state);
            }
            entries.add(RunEntry.of(Runs.bytes(String.format("%06d", i)), 1, value));
        }
        int raw = Runs.write(RAW, entries).bytes().length;
        int tried = Runs.write(RAW.withCompressionLevel(3), entries).bytes().length;

        assertThat(tried).isLessThanOrEqualTo(raw);
        assertThat(Runs.write(RAW.withCompressionLevel(3), entries(2000, 64)).bytes().length)
                .isLessThan(raw / 5);
    }

    @Test
    void cannotBeUsedAfterItIsFinished() {
        try (RunWriter writer = new RunWriter((bytes, offset, length) -> {}, Runs.SEALERS, RAW)) {
            writer.finish();

            assertThatThrownBy(() -> writer.add(entry("a", ""))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void leavesARunThatIsRefusedWhenItIsNotFinished() {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (RunWriter writer = new RunWriter(stored::write, Runs.SEALERS, RAW)) {
            entries(5000, 30).forEach(writer::add);
        }

        assertThat(stored.size()).isGreaterThan(100_000);
        assertThatThrownBy(() -> Runs.open(stored.toByteArray(), RunKind.MANIFEST))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("cut off");
    }
}
