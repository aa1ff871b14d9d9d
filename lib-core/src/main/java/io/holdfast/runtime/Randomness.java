// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import java.security.SecureRandom;

/**
 * Where random bytes come from.
 *
 * <p>Safe for use by several threads. Keys and salts are only as good as this: outside a simulation it is always the secure
 * source of the platform.
 */
@FunctionalInterface
public interface Randomness {

    /**
     * Fills an array with random bytes.
     *
     * @param bytes the array
     */
    void fill(byte[] bytes);

    /**
     * A fresh array of random bytes.
     *
     * @param length how many
     * @return the bytes
     */
    default byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        fill(bytes);
        return bytes;
    }

    /**
     * A number between zero and one, as jitter needs it.
     *
     * @return at least 0.0 and below 1.0
     */
    default double unit() {
        byte[] b = bytes(7);
        long bits = 0;
        for (byte each : b) {
            bits = bits << 8 | (each & 0xff);
        }
        return (bits >>> 3) * 0x1.0p-53;
    }

    /**
     * The secure source of the platform.
     *
     * @return a source over {@link SecureRandom}
     */
    static Randomness secure() {
        SecureRandom random = new SecureRandom();
        return random::nextBytes;
    }
}
