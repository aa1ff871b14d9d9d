// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.internal.seal.BlockSealer;
import io.holdfast.internal.seal.BlockSealers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals with AES-GCM under a key hashed from kind and salt; salts are counted up, and a number used twice is an error. */
final class TestBlockSealers implements BlockSealers {
    private long salts;

    @Override
    public byte[] newSalt() {
        salts++;
        return ByteBuffer.allocate(SALT_BYTES)
                .putLong(salts * 0x9E3779B97F4A7C15L)
                .putLong(salts)
                .array();
    }

    @Override
    public BlockSealer forObject(String kind, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(kind.getBytes(StandardCharsets.UTF_8));
            return new GcmSealer(new SecretKeySpec(digest.digest(salt), "AES"));
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private static final class GcmSealer implements BlockSealer {
        private static final int TAG_BYTES = 16;

        private final SecretKeySpec key;
        private final Set<Long> sealed = new HashSet<>();

        GcmSealer(SecretKeySpec key) {
            this.key = key;
        }

        @Override
        public byte[] seal(long number, byte[] plain, int offset, int length) {
            if (!sealed.add(number)) {
                throw new AssertionError("number " + number + " was used before");
            }
            try {
                return cipher(Cipher.ENCRYPT_MODE, number).doFinal(plain, offset, length);
            } catch (GeneralSecurityException refused) {
                throw new AssertionError(refused);
            }
        }

        @Override
        public byte[] open(long number, byte[] stored, int offset, int length) throws SealBrokenException {
            if (length < TAG_BYTES) {
                throw new SealBrokenException("block " + number + " is shorter than its tag");
            }
            try {
                return cipher(Cipher.DECRYPT_MODE, number).doFinal(stored, offset, length);
            } catch (AEADBadTagException broken) {
                throw new SealBrokenException("block " + number + " does not open");
            } catch (GeneralSecurityException refused) {
                throw new AssertionError(refused);
            }
        }

        @Override
        public int overheadBytes(int length) {
            return TAG_BYTES;
        }

        private Cipher cipher(int mode, long number) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(12).putLong(4, number).array();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            return cipher;
        }
    }
}
