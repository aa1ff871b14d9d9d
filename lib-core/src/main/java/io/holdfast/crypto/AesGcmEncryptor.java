// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AES-256-GCM of a security provider (NIST SP 800-38D). Thread-safe: each call has its own cipher. */
final class AesGcmEncryptor implements Encryptor {
    private static final int TAG_BYTES = 16;

    private final @Nullable Provider provider;

    AesGcmEncryptor(@Nullable Provider provider) {
        this.provider = provider;
    }

    @Override
    public String suite() {
        return "A256GCM";
    }

    @Override
    public int keyBytes() {
        return 32;
    }

    @Override
    public int nonceBytes() {
        return 12;
    }

    @Override
    public int tagBytes() {
        return TAG_BYTES;
    }

    @Override
    public int seal(byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out) {
        try {
            return transform(Cipher.ENCRYPT_MODE, key, nonce, associatedData, in, out);
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("A256GCM cannot seal: " + refused.getMessage(), refused);
        }
    }

    @Override
    public int open(byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out) throws SealBrokenException {
        if (in.length() < TAG_BYTES) {
            throw new SealBrokenException("sealed message of " + in.length() + " bytes is shorter than its tag");
        }
        try {
            return transform(Cipher.DECRYPT_MODE, key, nonce, associatedData, in, out);
        } catch (AEADBadTagException broken) {
            throw new SealBrokenException("sealed message of " + in.length() + " bytes does not open under this key");
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("A256GCM cannot open: " + refused.getMessage(), refused);
        }
    }

    private int transform(int mode, byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out)
            throws GeneralSecurityException {
        if (key.length != keyBytes() || nonce.length != nonceBytes()) {
            throw new IllegalArgumentException(
                    "A256GCM takes a key of 32 and a nonce of 12 bytes; got " + key.length + " and " + nonce.length);
        }
        int needed = mode == Cipher.ENCRYPT_MODE ? in.length() + TAG_BYTES : in.length() - TAG_BYTES;
        if (out.length() < needed) {
            throw new IllegalArgumentException("output has " + out.length() + " bytes; " + needed + " are needed");
        }
        Provider chosen = provider;
        Cipher cipher = chosen == null
                ? Cipher.getInstance("AES/GCM/NoPadding")
                : Cipher.getInstance("AES/GCM/NoPadding", chosen);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(associatedData);
        return cipher.doFinal(in.bytes(), in.offset(), in.length(), out.bytes(), out.offset());
    }
}
