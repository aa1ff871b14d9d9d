// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/** XXH64 of a key, seeded with the first eight bytes of the run's salt (the xxHash specification, version 0.1.1, XXH64). */
final class KeyHash {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private KeyHash() {}

    static long hash(long seed, byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long hash = seed + PRIME_5;
        if (length >= 32) {
            int stripesEnd = offset + (length & ~31);
            hash = stripes(seed, bytes, offset, stripesEnd);
            at = stripesEnd;
        }
        hash += length;
        for (; at + 8 <= end; at += 8) {
            hash ^= round(0, RunFormat.i64(bytes, at));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= end) {
            hash ^= (RunFormat.i32(bytes, at) & 0xFFFFFFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < end; at++) {
            hash ^= (bytes[at] & 0xFF) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    private static long stripes(long seed, byte[] bytes, int from, int to) {
        long first = seed + PRIME_1 + PRIME_2;
        long second = seed + PRIME_2;
        long third = seed;
        long fourth = seed - PRIME_1;
        for (int at = from; at < to; at += 32) {
            first = round(first, RunFormat.i64(bytes, at));
            second = round(second, RunFormat.i64(bytes, at + 8));
            third = round(third, RunFormat.i64(bytes, at + 16));
            fourth = round(fourth, RunFormat.i64(bytes, at + 24));
        }
        long hash = Long.rotateLeft(first, 1)
                + Long.rotateLeft(second, 7)
                + Long.rotateLeft(third, 12)
                + Long.rotateLeft(fourth, 18);
        hash = merge(hash, first);
        hash = merge(hash, second);
        hash = merge(hash, third);
        return merge(hash, fourth);
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
        mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
        return mixed ^ (mixed >>> 32);
    }
}
