// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM of a security provider (NIST SP 800-38D): 12-byte nonce, 16-byte tag.
 *
 * <p>Thread-safe: ciphers come from a pool of this instance. Plaintext and sealed bytes go straight between the caller's arrays.
 */
final class AesGcmEncryptor implements Encryptor {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final CipherPool ciphers;
    private final CipherWarmUp warmUp = new CipherWarmUp();

    AesGcmEncryptor(@Nullable Provider provider) {
        this.ciphers = new CipherPool("AES/GCM/NoPadding", provider);
    }

    @Override
    public String suite() {
        return "A256GCM";
    }

    @Override
    public int keyBytes() {
        return KEY_BYTES;
    }

    @Override
    public int nonceBytes() {
        return NONCE_BYTES;
    }

    @Override
    public int tagBytes() {
        return TAG_BYTES;
    }

    @Override
    public int seal(byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out) {
        check(key, nonce, out, in.length() + TAG_BYTES);
        try {
            return transform(Cipher.ENCRYPT_MODE, key, nonce, associatedData, in, out);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException absent) {
            throw absent(absent);
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("A256GCM cannot seal: " + refused.getMessage(), refused);
        }
    }

    @Override
    public int open(byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out) throws SealBrokenException {
        if (in.length() < TAG_BYTES) {
            throw new SealBrokenException("sealed message of " + in.length() + " bytes is shorter than its tag");
        }
        check(key, nonce, out, in.length() - TAG_BYTES);
        try {
            return transform(Cipher.DECRYPT_MODE, key, nonce, associatedData, in, out);
        } catch (AEADBadTagException broken) {
            throw new SealBrokenException("sealed message of " + in.length() + " bytes does not open under this key");
        } catch (NoSuchAlgorithmException | NoSuchPaddingException absent) {
            throw absent(absent);
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("A256GCM cannot open: " + refused.getMessage(), refused);
        }
    }

    private static void check(byte[] key, byte[] nonce, Slice out, int needed) {
        if (key.length != KEY_BYTES || nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException(
                    "A256GCM takes a key of 32 and a nonce of 12 bytes; got " + key.length + " and " + nonce.length);
        }
        if (out.length() < needed) {
            throw new IllegalArgumentException("output has " + out.length() + " bytes; " + needed + " are needed");
        }
    }

    private int transform(int mode, byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out)
            throws GeneralSecurityException {
        BorrowedKey borrowed = new BorrowedKey(key);
        GCMParameterSpec parameters = new GCMParameterSpec(TAG_BYTES * 8, nonce);
        Cipher cipher = ciphers.take();
        try {
            cipher.init(mode, borrowed, parameters);
        } catch (InvalidAlgorithmParameterException repeated) {
            // A cipher refuses the key and nonce that it used last. The same message may be sealed twice, so ask
            // another one.
            cipher = ciphers.fresh();
            cipher.init(mode, borrowed, parameters);
        }
        cipher.updateAAD(associatedData);
        int written = mode == Cipher.ENCRYPT_MODE ? warmUp.seal(cipher, in, out) : opened(cipher, in, out);
        ciphers.giveBack(cipher);
        return written;
    }

    private int opened(Cipher cipher, Slice in, Slice out) throws GeneralSecurityException {
        warmUp.opening(cipher, in.length());
        return cipher.doFinal(in.bytes(), in.offset(), in.length(), out.bytes(), out.offset());
    }

    private static KeyException absent(GeneralSecurityException cause) {
        return new KeyException(
                ErrorCode.KEY_ALGORITHM,
                "The security provider has no AES/GCM/NoPadding",
                "Choose a provider that has AES-256-GCM",
                cause);
    }

    /** The caller's array as a key. Unlike {@code SecretKeySpec} it makes no copy that stays in memory uncleared. */
    private static final class BorrowedKey implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        BorrowedKey(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }
    }
}
