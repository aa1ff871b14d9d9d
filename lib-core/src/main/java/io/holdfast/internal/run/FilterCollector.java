// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/** Collects the hashes of ascending keys for one part of a run's filter at a time. */
final class FilterCollector {
    private final long keySeed;
    private final int partKeys;
    private long[] hashes = new long[64];
    private int size;
    private byte[] firstKey = new byte[0];
    private int part;

    FilterCollector(long keySeed, int partKeys) {
        this.keySeed = keySeed;
        this.partKeys = partKeys;
    }

    boolean isFull() {
        return size == partKeys;
    }

    /** Whether parts were built, so that the keys behind them need one, too. */
    boolean isBegun() {
        return part > 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(EntryView entry) {
        int from = entry.keyOffset();
        if (size == 0) {
            firstKey = Arrays.copyOfRange(entry.keyBytes(), from, from + entry.keyLength());
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(partKeys, size * 2));
        }
        hashes[size++] = KeyHash.hash(keySeed, entry.keyBytes(), from, entry.keyLength());
    }

    byte[] firstKey() {
        return firstKey;
    }

    int size() {
        return size;
    }

    /** Builds the part's filter and begins the next part. */
    FuseFilter build() {
        FuseFilter filter = FuseFilterBuilder.build(hashes, size, FuseFilter.mix(keySeed, part));
        part++;
        size = 0;
        return filter;
    }
}
