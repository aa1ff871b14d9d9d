// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.RepositoryException;
import io.holdfast.internal.seal.BlockSealer;
import io.holdfast.internal.seal.BlockSealers;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunDamageTest {
    private static final RunSettings SMALL_BLOCKS = RunSettings.of(RunKind.MANIFEST)
            .withFilter(true)
            .withBlockBytes(200)
            .withFilterPartKeys(20);

    private static List<RunEntry> entries(int count) {
        List<RunEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = Runs.bytes(String.format("folder/item-%05d", i * 7));
            entries.add(i % 9 == 4 ? RunEntry.removal(key, i) : RunEntry.of(key, i, Runs.bytes("value of item " + i)));
        }
        return entries;
    }

    private static void readAll(byte[] bytes, List<RunEntry> written) {
        RunReader reader = Runs.open(bytes, RunKind.MANIFEST);
        RunCursor cursor = reader.scan();
        int at = 0;
        while (cursor.advance()) {
            assertThat(cursor.copy()).isEqualTo(written.get(at));
            at++;
        }
        reader.verify();
    }

    @Test
    void noticesEveryFlippedBit() {
        List<RunEntry> written = entries(50);
        byte[] bytes = Runs.write(SMALL_BLOCKS, written).bytes();
        readAll(bytes, written);

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> readAll(damaged, written))
                    .as("bit %d", bit)
                    .isInstanceOf(RepositoryException.class);
        }
    }

    @Test
    void noticesEveryFlippedBitOfAnEmptyRun() {
        byte[] bytes = Runs.write(SMALL_BLOCKS, List.of()).bytes();

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> readAll(damaged, List.of()))
                    .as("bit %d", bit)
                    .isInstanceOf(RepositoryException.class);
        }
    }

    @Test
    void noticesEveryTruncation() {
        List<RunEntry> written = entries(50);
        byte[] bytes = Runs.write(SMALL_BLOCKS, written).bytes();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> readAll(cut, written))
                    .as("length %d", length)
                    .isInstanceOf(RepositoryException.class);
        }
    }

    @Test
    void noticesBytesThatWereAddedOrTakenOutInTheMiddle() {
        List<RunEntry> written = entries(50);
        byte[] bytes = Runs.write(SMALL_BLOCKS, written).bytes();

        for (int at = 0; at <= bytes.length; at += 13) {
            byte[] longer = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, longer, 0, at);
            System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
            assertThatThrownBy(() -> readAll(longer, written)).isInstanceOf(RepositoryException.class);
        }
    }

    @Test
    void noticesADamagedHeaderInAScanOfARunThatIsNotReadWhole() {
        List<RunEntry> written = entries(5000);
        byte[] bytes = Runs.write(SMALL_BLOCKS.withFilterPartKeys(1000).withCompressionLevel(0), written)
                .bytes();
        bytes[9] ^= 4;
        RunReader reader = Runs.open(bytes, RunKind.MANIFEST);

        assertThatThrownBy(() -> reader.scan().advance())
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("the header");
    }

    @Test
    void noticesBytesThatNoBlockCovers() {
        byte[] bytes = Runs.write(SMALL_BLOCKS, entries(50)).bytes();
        RunReader intact = Runs.open(bytes, RunKind.MANIFEST);
        int tailOffset = (int) intact.tailOffset();
        byte[] longer = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, longer, 0, tailOffset);
        System.arraycopy(bytes, tailOffset, longer, tailOffset + 1, bytes.length - tailOffset);
        RunFormat.putI64(longer, longer.length - RunFormat.FOOTER_BYTES + RunFormat.HEADER_BYTES, longer.length);

        assertThatThrownBy(() -> Runs.open(longer, RunKind.MANIFEST))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("the tail begins at");
    }

    @Test
    void doesNotTakeTheTailOfAnotherRun() {
        byte[] first = Runs.write(SMALL_BLOCKS, entries(50)).bytes();
        byte[] second = Runs.write(SMALL_BLOCKS, entries(50)).bytes();
        assertThat(second).hasSameSizeAs(first);
        byte[] mixed = first.clone();
        int half = first.length / 2;
        System.arraycopy(second, half, mixed, half, first.length - half);

        assertThatThrownBy(() -> readAll(mixed, entries(50))).isInstanceOf(RepositoryException.class);
    }

    @Test
    void namesTheBlockThatIsDamaged() {
        byte[] bytes = Runs.write(SMALL_BLOCKS, entries(50)).bytes();
        RunReader intact = Runs.open(bytes, RunKind.MANIFEST);
        bytes[(int) intact.tail().blocks().offsets[2]] ^= 1;
        RunReader reader = Runs.open(bytes, RunKind.MANIFEST);

        assertThatThrownBy(() -> Runs.drain(reader.scan()))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("run 'test'")
                .hasMessageContaining("block 2:");
    }

    @Test
    void refusesARunOfAnotherKind() {
        byte[] bytes = Runs.write(SMALL_BLOCKS, entries(3)).bytes();

        assertThatThrownBy(() -> Runs.open(bytes, RunKind.LEDGER))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("manifest-run, not ledger-run");
    }

    /** Without a seal the parsers stand alone: whatever they are given, they end with an answer or with the one error. */
    @Test
    void neverFailsInAnotherWayWhenTheSealDoesNotProtectIt() {
        BlockSealers open = new NoSealers();
        for (RunSettings settings : List.of(SMALL_BLOCKS, SMALL_BLOCKS.withCompressionLevel(0))) {
            ByteArrayOutputStream stored = new ByteArrayOutputStream();
            try (RunWriter writer = new RunWriter(stored::write, open, settings)) {
                entries(20).forEach(writer::add);
                writer.finish();
            }
            byte[] bytes = stored.toByteArray();
            BlockCache cache = new BlockCache(1 << 16);
            int noticed = 0;
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] damaged = bytes.clone();
                damaged[bit / 8] ^= (byte) (1 << (bit % 8));
                noticed += survives(damaged, open, cache) ? 0 : 1;
            }
            assertThat(noticed).isGreaterThan(bytes.length);
        }
    }

    private static boolean survives(byte[] bytes, BlockSealers sealers, BlockCache cache) {
        try {
            RunReader reader = RunReader.open(RunBytes.of("open", bytes), sealers, RunKind.MANIFEST, cache);
            Runs.drain(reader.scan());
            for (RunEntry entry : entries(20)) {
                reader.get(entry.key());
            }
            reader.verify();
            return true;
        } catch (RepositoryException noticed) {
            return false;
        }
    }

    private static final class NoSealers implements BlockSealers, BlockSealer {
        @Override
        public byte[] newSalt() {
            return new byte[SALT_BYTES];
        }

        @Override
        public BlockSealer forObject(String kind, byte[] salt) {
            return this;
        }

        @Override
        public byte[] seal(long number, byte[] plain, int offset, int length) {
            return Arrays.copyOfRange(plain, offset, offset + length);
        }

        @Override
        public byte[] open(long number, byte[] stored, int offset, int length) {
            return Arrays.copyOfRange(stored, offset, offset + length);
        }

        @Override
        public int overheadBytes(int length) {
            return 0;
        }
    }
}
