// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/**
 * A binary fuse filter of three hashes and 8-bit fingerprints over 64-bit key hashes: it never refuses a key that it was built from, and lets
 * one of 256 others pass.
 *
 * <p>Immutable and thread-safe. The construction is that of Graf and Lemire, "Binary Fuse Filters" (2022); {@link FuseFilterBuilder}
 * builds it.
 */
final class FuseFilter {
    static final int ARITY = 3;
    static final int MAX_SEGMENT_BITS = 18;

    private final long seed;
    private final int segmentBits;
    private final int segmentCount;
    private final byte[] fingerprints;

    FuseFilter(long seed, int segmentBits, int segmentCount, byte[] fingerprints) {
        if (segmentBits < 0 || segmentBits > MAX_SEGMENT_BITS || segmentCount < 1) {
            throw new IllegalArgumentException("a filter has segments of 2^0 to 2^" + MAX_SEGMENT_BITS
                    + " bytes and at least one; got 2^" + segmentBits + " and " + segmentCount);
        }
        if (fingerprints.length != lengthBytes(segmentBits, segmentCount)) {
            throw new IllegalArgumentException("a filter of " + segmentCount + " segments of 2^" + segmentBits + " has "
                    + lengthBytes(segmentBits, segmentCount) + " bytes; got " + fingerprints.length);
        }
        this.seed = seed;
        this.segmentBits = segmentBits;
        this.segmentCount = segmentCount;
        this.fingerprints = fingerprints;
    }

    static long lengthBytes(int segmentBits, int segmentCount) {
        return (segmentCount + ARITY - 1L) << segmentBits;
    }

    long seed() {
        return seed;
    }

    int segmentBits() {
        return segmentBits;
    }

    int segmentCount() {
        return segmentCount;
    }

    /** The fingerprints themselves, not to be changed. */
    byte[] fingerprints() {
        return fingerprints;
    }

    boolean mightContain(long keyHash) {
        long hash = mix(keyHash, seed);
        int first = first(hash, segmentBits, segmentCount);
        int second = second(hash, first, segmentBits);
        int third = third(hash, first, segmentBits);
        return (byte) (fingerprints[first] ^ fingerprints[second] ^ fingerprints[third]) == fingerprint(hash);
    }

    /** The finaliser of MurmurHash3 over the sum of hash and seed. */
    static long mix(long keyHash, long seed) {
        long hash = keyHash + seed;
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }

    static byte fingerprint(long hash) {
        return (byte) (hash ^ (hash >>> 32));
    }

    static int first(long hash, int segmentBits, int segmentCount) {
        long range = (long) segmentCount << segmentBits;
        // The high half of the unsigned product: multiplyHigh takes the hash as signed.
        return (int) (Math.multiplyHigh(hash, range) + ((hash >> 63) & range));
    }

    static int second(long hash, int first, int segmentBits) {
        int mask = (1 << segmentBits) - 1;
        return (first + (1 << segmentBits)) ^ ((int) (hash >>> 18) & mask);
    }

    static int third(long hash, int first, int segmentBits) {
        int mask = (1 << segmentBits) - 1;
        return (first + (2 << segmentBits)) ^ ((int) hash & mask);
    }
}
