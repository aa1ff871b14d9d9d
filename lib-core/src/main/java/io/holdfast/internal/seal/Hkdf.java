// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import java.util.Arrays;

/** The key derivation of RFC 5869 over HMAC-SHA-256. */
final class Hkdf {
    private static final int MAX_BYTES = 255 * Hmac.BYTES;

    private Hkdf() {}

    /**
     * Extracts and expands.
     *
     * @param secret the input keying material
     * @param salt the salt; empty if there is none
     * @param info what the key is for
     * @param length how many bytes, 1 to 8,160
     * @return the key, which the caller clears
     */
    static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        byte[] extracted = extract(secret, salt);
        try {
            return expand(extracted, info, length);
        } finally {
            Arrays.fill(extracted, (byte) 0);
        }
    }

    static byte[] extract(byte[] secret, byte[] salt) {
        return Hmac.of(salt, secret);
    }

    static byte[] expand(byte[] extracted, byte[] info, int length) {
        if (length < 1 || length > MAX_BYTES) {
            throw new IllegalArgumentException("HKDF gives 1 to " + MAX_BYTES + " bytes; asked for " + length);
        }
        byte[] key = new byte[length];
        byte[] block = new byte[0];
        int done = 0;
        for (int counter = 1; done < length; counter++) {
            byte[] next = Hmac.of(extracted, block, info, new byte[] {(byte) counter});
            Arrays.fill(block, (byte) 0);
            block = next;
            int taken = Math.min(Hmac.BYTES, length - done);
            System.arraycopy(block, 0, key, done, taken);
            done += taken;
        }
        Arrays.fill(block, (byte) 0);
        return key;
    }
}
