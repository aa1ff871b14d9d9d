// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AesGcmEncryptorTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Encryptor encryptor = Encryptor.aes256Gcm();

    @ParameterizedTest(name = "{index}")
    @CsvSource({
        // NIST CAVP gcmEncryptExtIV256: key, nonce, plaintext, associated data, sealed, tag
        "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4, 516c33929df5a3284ff463d7, '', '', "
                + "'', bdc1ac884d332457a1d2664f168c76f0",
        "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22, 0d18e06c7c725ac9e362e1ce, "
                + "2db5168e932556f8089a0622981d017d, '', "
                + "fa4362189661d163fcd6a56d8bf0405a, d636ac1bbedd5cc3ee727dc2ab4a9489",
        "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b, ac93a1a6145299bde902f21a, "
                + "2d71bcfa914e4ac045b2aa60955fad24, 1e0889016f67601c8ebea4943bc23ad6, "
                + "8995ae2e6df3dbf96fac7b7137bae67f, eca5aa77d51d4a0a14d9c51e1da474ab",
        // McGrew and Viega, test case 16
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888, "
                + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5"
                + "aa0de657ba637b39, feedfacedeadbeeffeedfacedeadbeefabaddad2, "
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e63"
                + "93ba7a0abcc9f662, 76fc6ece0f4e1768cddf8853bb2d551b",
    })
    void sealsAndOpensThePublishedVectors(String key, String nonce, String plain, String aad, String sealed, String tag)
            throws SealBrokenException {
        byte[] message = HEX.parseHex(plain);
        byte[] expected = HEX.parseHex(sealed + tag);
        byte[] out = new byte[expected.length];

        int written = encryptor.seal(
                HEX.parseHex(key), HEX.parseHex(nonce), HEX.parseHex(aad), Slice.of(message), Slice.of(out));

        assertThat(written).isEqualTo(expected.length);
        assertThat(out).isEqualTo(expected);
        byte[] back = new byte[message.length];
        encryptor.open(HEX.parseHex(key), HEX.parseHex(nonce), HEX.parseHex(aad), Slice.of(out), Slice.of(back));
        assertThat(back).isEqualTo(message);
    }

    @Test
    void sealsTheSameMessageTwiceToTheSameBytes() {
        assertThat(sealed(new byte[100])).isEqualTo(sealed(new byte[100]));
    }

    @Test
    void refusesEveryFlippedBitAndStaysUsable() throws SealBrokenException {
        byte[] sealed = sealed(new byte[40]);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] altered = sealed.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> open(altered)).isInstanceOf(SealBrokenException.class);
        }
        assertThat(open(sealed)).isEqualTo(new byte[40]);
    }

    @Test
    void refusesAMessageShorterThanATag() {
        assertThatThrownBy(() -> open(new byte[15]))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("15 bytes");
    }

    @Test
    void refusesKeysNoncesAndOutputsOfTheWrongLength() {
        Slice message = Slice.of(new byte[10]);
        assertThatThrownBy(
                        () -> encryptor.seal(new byte[16], new byte[12], new byte[0], message, Slice.of(new byte[26])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> encryptor.seal(new byte[32], new byte[16], new byte[0], message, Slice.of(new byte[26])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> encryptor.seal(new byte[32], new byte[12], new byte[0], message, Slice.of(new byte[25])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void servesManyThreadsAtOnce() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> rounds = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                byte[] message = new byte[1000];
                message[0] = (byte) t;
                rounds.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        if (!java.util.Arrays.equals(open(sealed(message)), message)) {
                            return false;
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> round : rounds) {
                assertThat(round.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private byte[] sealed(byte[] message) {
        byte[] out = new byte[message.length + 16];
        encryptor.seal(new byte[32], new byte[12], new byte[] {1}, Slice.of(message), Slice.of(out));
        return out;
    }

    private byte[] open(byte[] sealed) throws SealBrokenException {
        byte[] out = new byte[Math.max(0, sealed.length - 16)];
        encryptor.open(new byte[32], new byte[12], new byte[] {1}, Slice.of(sealed), Slice.of(out));
        return out;
    }
}
