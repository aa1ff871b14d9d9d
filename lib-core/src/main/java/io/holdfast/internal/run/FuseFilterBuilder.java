// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link FuseFilter} by peeling: a slot that only one key is left in fixes that key's fingerprint.
 *
 * <p>Needs about 28 bytes a key while it works. A set that does not peel is tried again under the next seed; seeds follow from the base
 * seed, so that the same keys give the same filter.
 */
final class FuseFilterBuilder {
    private static final int MAX_ATTEMPTS = 128;
    private static final long SEED_STEP = 0x9E3779B97F4A7C15L;
    private static final int FULL = 0xFC;

    private final long[] hashes;
    private final int size;
    private final int segmentBits;
    private final int segmentCount;
    private final byte[] counts;
    private final long[] sums;
    private final long[] order;
    private final byte[] orderSlot;
    private final int[] singles;

    private FuseFilterBuilder(long[] hashes, int size) {
        this.hashes = hashes;
        this.size = size;
        this.segmentBits = segmentBits(size);
        this.segmentCount = segmentCount(size, segmentBits);
        int slots = Math.toIntExact(FuseFilter.lengthBytes(segmentBits, segmentCount));
        this.counts = new byte[slots];
        this.sums = new long[slots];
        this.order = new long[size];
        this.orderSlot = new byte[size];
        this.singles = new int[slots];
    }

    /**
     * Builds the filter; the hashes may come back in another order.
     *
     * @param hashes the hashes of the keys
     * @param size how many of them count, 1 to 1,000,000
     * @param baseSeed what the seeds follow from
     */
    static FuseFilter build(long[] hashes, int size, long baseSeed) {
        if (size < 1 || size > RunFormat.FILTER_PART_KEYS) {
            throw new IllegalArgumentException(
                    "a filter covers 1 to " + RunFormat.FILTER_PART_KEYS + " keys; got " + size);
        }
        FuseFilterBuilder builder = new FuseFilterBuilder(hashes, size);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            FuseFilter filter = builder.attempt(FuseFilter.mix(baseSeed, attempt * SEED_STEP));
            if (filter != null) {
                return filter;
            }
            if (attempt == 0) {
                // Two keys of one hash never peel; they are rare enough to look for only after a failure.
                int distinct = sortedDistinct(hashes, size);
                if (distinct < size) {
                    return build(hashes, distinct, baseSeed);
                }
            }
        }
        throw new IllegalStateException("no filter for " + size + " keys after " + MAX_ATTEMPTS + " seeds");
    }

    private static int sortedDistinct(long[] hashes, int size) {
        Arrays.sort(hashes, 0, size);
        int distinct = 1;
        for (int i = 1; i < size; i++) {
            if (hashes[i] != hashes[i - 1]) {
                hashes[distinct++] = hashes[i];
            }
        }
        return distinct;
    }

    private static int segmentBits(int size) {
        int bits = (int) Math.floor(Math.log(Math.max(size, 2)) / Math.log(3.33) + 2.25);
        return Math.min(Math.max(bits, 2), FuseFilter.MAX_SEGMENT_BITS);
    }

    private static int segmentCount(int size, int segmentBits) {
        double factor = size <= 1 ? 2 : Math.max(1.125, 0.875 + 0.25 * Math.log(1_000_000) / Math.log(size));
        long capacity = Math.round(size * factor);
        long segments = (capacity + (1L << segmentBits) - 1) >> segmentBits;
        return Math.toIntExact(Math.max(1, segments - (FuseFilter.ARITY - 1)));
    }

    private @Nullable FuseFilter attempt(long seed) {
        Arrays.fill(counts, (byte) 0);
        Arrays.fill(sums, 0);
        if (!place(seed)) {
            return null;
        }
        int peeled = peel();
        if (peeled < size) {
            return null;
        }
        return new FuseFilter(seed, segmentBits, segmentCount, assign(peeled));
    }

    /** Fills the slots in the order of the upper bits, as neighbours in memory make it two to three times faster. */
    private boolean place(long seed) {
        int blockBits = 1;
        while ((1 << blockBits) < segmentCount) {
            blockBits++;
        }
        int[] next = new int[1 << blockBits];
        int shift = 64 - blockBits;
        for (int i = 0; i < size; i++) {
            next[(int) (FuseFilter.mix(hashes[i], seed) >>> shift)]++;
        }
        int sum = 0;
        for (int i = 0; i < next.length; i++) {
            int count = next[i];
            next[i] = sum;
            sum += count;
        }
        for (int i = 0; i < size; i++) {
            long hash = FuseFilter.mix(hashes[i], seed);
            order[next[(int) (hash >>> shift)]++] = hash;
        }
        boolean fits = true;
        for (int i = 0; i < size; i++) {
            long hash = order[i];
            int first = FuseFilter.first(hash, segmentBits, segmentCount);
            fits &= put(first, 0, hash);
            fits &= put(FuseFilter.second(hash, first, segmentBits), 1, hash);
            fits &= put(FuseFilter.third(hash, first, segmentBits), 2, hash);
        }
        return fits;
    }

    /** A slot holds how many keys hash to it (times four), the exclusive or of which hash that was, and of the keys' hashes. */
    private boolean put(int slot, int which, long hash) {
        if ((counts[slot] & FULL) == FULL) {
            return false;
        }
        counts[slot] = (byte) ((counts[slot] + 4) ^ which);
        sums[slot] ^= hash;
        return true;
    }

    private int peel() {
        int queued = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            singles[queued] = slot;
            queued += isSingle(slot) ? 1 : 0;
        }
        int peeled = 0;
        while (queued > 0) {
            int slot = singles[--queued];
            if (!isSingle(slot)) {
                continue;
            }
            long hash = sums[slot];
            int which = counts[slot] & 3;
            order[peeled] = hash;
            orderSlot[peeled] = (byte) which;
            peeled++;
            for (int other = 0; other < FuseFilter.ARITY; other++) {
                int at = slot(hash, other);
                sums[at] ^= hash;
                counts[at] = (byte) ((counts[at] - 4) ^ other);
                if (other != which && isSingle(at)) {
                    singles[queued++] = at;
                }
            }
        }
        return peeled;
    }

    private boolean isSingle(int slot) {
        return (counts[slot] & FULL) == 4;
    }

    private int slot(long hash, int which) {
        int first = FuseFilter.first(hash, segmentBits, segmentCount);
        if (which == 0) {
            return first;
        }
        return which == 1 ? FuseFilter.second(hash, first, segmentBits) : FuseFilter.third(hash, first, segmentBits);
    }

    private byte[] assign(int peeled) {
        byte[] fingerprints = new byte[counts.length];
        for (int i = peeled - 1; i >= 0; i--) {
            long hash = order[i];
            int first = slot(hash, 0);
            int second = slot(hash, 1);
            int third = slot(hash, 2);
            byte wanted = (byte)
                    (FuseFilter.fingerprint(hash) ^ fingerprints[first] ^ fingerprints[second] ^ fingerprints[third]);
            // The slot's own byte is still zero here: each slot is fixed once, by the key that was peeled from it.
            fingerprints[slot(hash, orderSlot[i])] = wanted;
        }
        return fingerprints;
    }
}
