// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA-256 (RFC 2104) of the platform's security providers. */
final class Hmac {
    static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    /** The code of the parts as if they were one array. */
    static byte[] of(byte[] key, byte[]... parts) {
        Mac mac = keyed(key);
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            // An empty key is what RFC 5869 means by no salt; HMAC pads both with zeros to the same block.
            mac.init(new BorrowedKey(key.length == 0 ? new byte[BYTES] : key));
            return mac;
        } catch (InvalidKeyException refused) {
            throw new IllegalArgumentException("HmacSHA256 refuses a key of " + key.length + " bytes", refused);
        } catch (GeneralSecurityException absent) {
            throw new KeyException(
                    ErrorCode.KEY_ALGORITHM,
                    "No security provider has HmacSHA256",
                    "Configure a security provider that has HMAC-SHA-256",
                    absent);
        }
    }

    /** The caller's array as a key; no copy stays in memory after the caller clears it. */
    private static final class BorrowedKey implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        BorrowedKey(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return ALGORITHM;
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
