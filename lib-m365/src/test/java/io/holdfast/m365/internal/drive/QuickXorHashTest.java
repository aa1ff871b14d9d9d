// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuickXorHashTest {
    private static final BigInteger RING = BigInteger.ONE.shiftLeft(160);

    private static String hash(byte[] bytes) {
        return Base64.getEncoder().encodeToString(new QuickXorHash().digest(bytes));
    }

    /** The description of the algorithm, word by word, on one large number. */
    private static String described(byte[] bytes) {
        BigInteger hash = BigInteger.ZERO;
        for (int i = 0; i < bytes.length; i++) {
            BigInteger shifted = BigInteger.valueOf(bytes[i] & 0xff).shiftLeft((int) (i * 11L % 160));
            hash = hash.xor(shifted.mod(RING)).xor(shifted.shiftRight(160));
        }
        hash = hash.xor(BigInteger.valueOf(bytes.length).shiftLeft(96));
        byte[] little = new byte[20];
        for (int i = 0; i < 20; i++) {
            little[i] = hash.shiftRight(8 * i).byteValue();
        }
        return Base64.getEncoder().encodeToString(little);
    }

    @Test
    void givesWhatIsPublished() {
        assertThat(hash(new byte[0])).isEqualTo("AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThat(hash("hello world".getBytes(StandardCharsets.US_ASCII))).isEqualTo("aCgDG9jwBhDc4Q1yawMZAAAAAAA=");
    }

    @Test
    void givesWhatIsDescribedForEachLengthAroundItsPeriod() {
        Random random = new Random(7);
        for (int length = 0; length < 500; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(hash(bytes)).as("of %s bytes", length).isEqualTo(described(bytes));
        }
    }

    @Test
    void givesTheSameInPieces() {
        byte[] bytes = new byte[100_000];
        new Random(8).nextBytes(bytes);
        MessageDigest digest = new QuickXorHash();
        int from = 0;
        for (int piece = 1; from < bytes.length; piece += 37) {
            int length = Math.min(piece, bytes.length - from);
            digest.update(bytes, from, length - 1);
            digest.update(bytes[from + length - 1]);
            from += length;
        }
        assertThat(Base64.getEncoder().encodeToString(digest.digest())).isEqualTo(described(bytes));
    }

    @Test
    void beginsAnewAfterEachDigest() {
        MessageDigest digest = new QuickXorHash();
        digest.digest(new byte[] {1, 2, 3});
        assertThat(digest.digest()).containsOnly(0);
    }
}
