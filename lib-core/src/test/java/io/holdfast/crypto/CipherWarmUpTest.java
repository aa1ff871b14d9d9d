// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Past its first 400 long messages an encryptor seals in another way, and after 24 it opens some for nothing: none of it may show. */
final class CipherWarmUpTest {
    private static final byte[] KEY = new byte[32];
    private static final byte[] AAD = {1, 2, 3};
    private static final int[] LENGTHS = {4095, 4096, 4097, 4608, 5000, 32_768, 65_536};

    private final Encryptor encryptor = Encryptor.aes256Gcm();

    @Test
    void sealsToTheSameBytesBeforeAndAfterItIsWarm() throws GeneralSecurityException {
        Cipher plainCipher = Cipher.getInstance("AES/GCM/NoPadding");
        for (int i = 0; i < 500; i++) {
            byte[] message = message(LENGTHS[i % LENGTHS.length], i);
            byte[] nonce = ByteBuffer.allocate(12).putInt(i).array();
            byte[] sealed = new byte[message.length + 16];

            int written = encryptor.seal(KEY, nonce, AAD, Slice.of(message), Slice.of(sealed));

            plainCipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, nonce));
            plainCipher.updateAAD(AAD);
            assertThat(sealed).as("message %d", i).isEqualTo(plainCipher.doFinal(message));
            assertThat(written).isEqualTo(sealed.length);
        }
    }

    @Test
    void opensAndRefusesTheSameBeforeAndAfterItIsWarm() throws SealBrokenException {
        byte[] message = message(8192, 1);
        byte[] sealed = new byte[message.length + 16];
        encryptor.seal(KEY, new byte[12], AAD, Slice.of(message), Slice.of(sealed));
        byte[] altered = sealed.clone();
        altered[8000] ^= 1;
        for (int i = 0; i < 40; i++) {
            byte[] back = new byte[message.length];
            encryptor.open(KEY, new byte[12], AAD, Slice.of(sealed), Slice.of(back));
            assertThat(back).isEqualTo(message);
            assertThatThrownBy(
                            () -> encryptor.open(KEY, new byte[12], AAD, Slice.of(altered), Slice.of(new byte[8192])))
                    .isInstanceOf(SealBrokenException.class);
        }
    }

    private static byte[] message(int length, int seed) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (i * 17 + seed + (i >>> 7));
        }
        return message;
    }
}
