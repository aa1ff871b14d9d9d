// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The sum modulo 2^256 of a keyed hash of every live item (FORMAT.md, manifest digest): it tells states apart, whatever history,
 * layout and repository were.
 *
 * @param bytes 32 bytes, big-endian
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equals and hashCode are written out below
public record ManifestDigest(byte[] bytes) {

    /** Checks the length and copies. */
    public ManifestDigest {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("manifest digest of " + bytes.length + " bytes; it has 32");
        }
        bytes = bytes.clone();
    }

    /**
     * The digest of nothing.
     *
     * @return 32 zero bytes
     */
    public static ManifestDigest empty() {
        return new ManifestDigest(new byte[32]);
    }

    /**
     * The digest.
     *
     * @return a copy
     */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Adds a hash.
     *
     * @param hash 32 bytes, big-endian
     * @return the sum
     */
    public ManifestDigest plus(byte[] hash) {
        byte[] sum = new byte[32];
        int carry = 0;
        for (int i = 31; i >= 0; i--) {
            int s = (bytes[i] & 0xff) + (hash[i] & 0xff) + carry;
            sum[i] = (byte) s;
            carry = s >>> 8;
        }
        return new ManifestDigest(sum);
    }

    /**
     * Takes a hash away.
     *
     * @param hash 32 bytes, big-endian
     * @return the difference
     */
    public ManifestDigest minus(byte[] hash) {
        byte[] difference = new byte[32];
        int borrow = 0;
        for (int i = 31; i >= 0; i--) {
            int d = (bytes[i] & 0xff) - (hash[i] & 0xff) - borrow;
            difference[i] = (byte) d;
            borrow = d < 0 ? 1 : 0;
        }
        return new ManifestDigest(difference);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestDigest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
