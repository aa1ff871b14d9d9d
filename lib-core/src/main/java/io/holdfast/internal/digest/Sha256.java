// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 by the platform (FIPS 180-4). */
public final class Sha256 {
    /** Never fed, only copied: asking the providers takes longer than hashing a small item does. */
    private static final MessageDigest BLANK = fresh();

    private Sha256() {}

    /**
     * A digest that has seen nothing.
     *
     * @return a digest for one thread
     */
    public static MessageDigest start() {
        try {
            return (MessageDigest) BLANK.clone();
        } catch (CloneNotSupportedException e) {
            return fresh();
        }
    }

    /**
     * The hash of an array.
     *
     * @param bytes what is hashed
     * @return 32 bytes
     */
    public static byte[] of(byte[] bytes) {
        return start().digest(bytes);
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
