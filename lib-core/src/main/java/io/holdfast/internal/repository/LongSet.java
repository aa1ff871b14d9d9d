// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import java.util.Arrays;

/** A set of 64-bit hashes in one array, open addressing; not thread-safe. Zero is kept apart. */
final class LongSet {
    private long[] slots = new long[1024];
    private int size;
    private boolean zero;

    boolean add(long hash) {
        if (hash == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        int at = slot(hash);
        if (slots[at] == hash) {
            return false;
        }
        slots[at] = hash;
        if (++size > slots.length / 3 * 2) {
            grow();
        }
        return true;
    }

    boolean contains(long hash) {
        return hash == 0 ? zero : slots[slot(hash)] == hash;
    }

    int size() {
        return size + (zero ? 1 : 0);
    }

    /** The hashes in ascending unsigned order. */
    long[] sorted() {
        long[] all = new long[size()];
        int n = zero ? 1 : 0;
        for (long each : slots) {
            if (each != 0) {
                all[n++] = each;
            }
        }
        for (int i = 0; i < all.length; i++) {
            all[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(all);
        for (int i = 0; i < all.length; i++) {
            all[i] ^= Long.MIN_VALUE;
        }
        return all;
    }

    private int slot(long hash) {
        int mask = slots.length - 1;
        int at = (int) (hash >>> 32 ^ hash) & mask;
        while (slots[at] != 0 && slots[at] != hash) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long each : old) {
            if (each != 0) {
                slots[slot(each)] = each;
            }
        }
    }
}
