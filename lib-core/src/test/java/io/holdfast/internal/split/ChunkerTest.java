// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ChunkerTest {
    private static final ChunkParams SMALL = new ChunkParams(256, 1024, 4096);
    private static final GearTable GEAR = GearTable.derive(new byte[32]);

    @Test
    void derivesTheTableAsTheFormatSays() throws Exception {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }

        long[] table = GearTable.derive(key).entries();

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        assertThat(table).hasSize(256);
        for (int entry = 0; entry < table.length; entry++) {
            mac.update("holdfast gear 1".getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            byte[] block = mac.doFinal(new byte[] {(byte) (entry / 4)});
            long expected =
                    new BigInteger(block).shiftRight(64 * (3 - entry % 4)).longValue();
            assertThat(table[entry]).isEqualTo(expected);
        }
    }

    @Test
    void derivesTheSameTableFromAnInitialisedMac() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));

        assertThat(GearTable.derive(mac).entries()).isEqualTo(GEAR.entries());
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GearTable.derive(new byte[31]))
                .withMessageContaining("31");
    }

    @Test
    void tellsNoValueOfTheTable() {
        assertThat(GEAR).hasToString("GearTable[secret]");
    }

    @Test
    void cutsWhereTheDefinitionSays() {
        byte[] content = noise(7, 200_000);

        assertThat(cuts(new Chunker(SMALL, GEAR), content)).isEqualTo(cutsByDefinition(SMALL, GEAR.entries(), content));
    }

    /** A cut right at the minimum is rare, and the only one that shows whether all 64 bytes before it are looked at. */
    @Test
    void cutsWhereTheDefinitionSaysAtTheMinimumToo() {
        Chunker chunker = new Chunker(SMALL, GEAR);
        int atMinimum = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            byte[] content = noise(seed, 320);
            int length = chunker.cut(content, 0, content.length, true);
            assertThat(length)
                    .isEqualTo(cutsByDefinition(SMALL, GEAR.entries(), content).get(0));
            atMinimum += length == SMALL.minBytes() ? 1 : 0;
        }
        assertThat(atMinimum).isPositive();
    }

    /** Never to be computed anew: other values mean that repositories share no chunks with their own past. */
    @Test
    void keepsTheCutPointsOfTheFormat() {
        assertThat(cuts(new Chunker(SMALL, GEAR), noise(1, 12_000)))
                .containsExactly(1153, 1167, 2309, 953, 1165, 1296, 1130, 900, 1178, 749);
        assertThat(GEAR.entries()[0]).isEqualTo(0xda645778b14ce40eL);
        assertThat(GEAR.entries()[255]).isEqualTo(0xc8cae7671ea20bd0L);
    }

    @Test
    void cutsOtherwiseUnderAnotherKey() {
        byte[] content = noise(3, 100_000);
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        assertThat(cuts(new Chunker(SMALL, GearTable.derive(otherKey)), content))
                .isNotEqualTo(cuts(new Chunker(SMALL, GEAR), content));
    }

    @Test
    void looksAtNothingOutsideTheGivenRange() {
        byte[] content = noise(5, 50_000);
        byte[] shifted = noise(6, 60_000);
        System.arraycopy(content, 0, shifted, 777, content.length);

        Chunker chunker = new Chunker(SMALL, GEAR);
        assertThat(chunker.cut(shifted, 777, content.length, true))
                .isEqualTo(chunker.cut(content, 0, content.length, true));
    }

    @Test
    void cutsAConstantStreamAtTheMaximum() {
        assertThat(new Chunker(SMALL, GEAR).cut(new byte[10_000], 0, 10_000, false))
                .isEqualTo(4096);
    }

    @Test
    void yieldsAShortStreamAsOneChunk() {
        assertThat(new Chunker(SMALL, GEAR).cut(new byte[256], 0, 256, true)).isEqualTo(256);
        assertThat(new Chunker(SMALL, GEAR).cut(new byte[256], 255, 1, true)).isEqualTo(1);
    }

    @Test
    void refusesToCutBeforeTheMaximumIsThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Chunker(SMALL, GEAR).cut(new byte[4095], 0, 4095, false))
                .withMessageContaining("4096")
                .withMessageContaining("4095");
        assertThatIllegalArgumentException().isThrownBy(() -> new Chunker(SMALL, GEAR).cut(new byte[9], 0, 0, true));
    }

    @Test
    void averagesNearTheAverageOnNoise() {
        byte[] content = noise(11, 4 << 20);

        int count = cuts(new Chunker(SMALL, GEAR), content).size();

        assertThat(content.length / count).isBetween(1024, 1331);
    }

    @Test
    void refusesLengthsThatDoNotRise() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkParams(63, 1024, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkParams(64, 1000, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkParams(64, 128, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkParams(1024, 1024, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkParams(64, 1024, 1024));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChunkParams(64, 1024, (8 << 20) + 1));
    }

    static byte[] noise(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    static List<Integer> cuts(Chunker chunker, byte[] content) {
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < content.length; ) {
            int length = chunker.cut(content, at, content.length - at, true);
            lengths.add(length);
            at += length;
        }
        return lengths;
    }

    /** The rule of FORMAT.md in its plainest form: the hash of each position is computed anew from its 64 bytes. */
    private static List<Integer> cutsByDefinition(ChunkParams params, long[] gear, byte[] content) {
        int bits = Integer.numberOfTrailingZeros(params.avgBytes());
        List<Integer> lengths = new ArrayList<>();
        for (int start = 0; start < content.length; ) {
            int length = Math.min(content.length - start, params.minBytes());
            while (length < Math.min(content.length - start, params.maxBytes())) {
                int zeros = length <= params.avgBytes() ? bits + 2 : bits - 2;
                if (Long.numberOfLeadingZeros(hash(gear, content, start + length)) >= zeros) {
                    break;
                }
                length++;
            }
            lengths.add(length);
            start += length;
        }
        return lengths;
    }

    private static long hash(long[] gear, byte[] content, int end) {
        long hash = 0;
        for (int back = 1; back <= 64; back++) {
            hash += gear[content[end - back] & 0xff] << (back - 1);
        }
        return hash;
    }
}
