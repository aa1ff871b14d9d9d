// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import java.util.Arrays;

/**
 * A set of 64-bit hashes, 10 to 15 bytes of heap for each; not thread-safe.
 *
 * <p>The highest bits pick one of 64 open-addressed tables, which grow by half, one after another, so that growing never doubles the whole. Zero,
 * which marks an empty slot, is kept apart.
 */
final class LongSet {
    private static final int TABLE_BITS = 6;

    private final Table[] tables = new Table[1 << TABLE_BITS];
    private int size;
    private boolean zero;

    LongSet() {
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new Table();
        }
    }

    boolean add(long hash) {
        boolean added;
        if (hash == 0) {
            added = !zero;
            zero = true;
        } else {
            added = table(hash).add(hash);
        }
        if (added) {
            size++;
        }
        return added;
    }

    boolean contains(long hash) {
        return hash == 0 ? zero : table(hash).contains(hash);
    }

    int size() {
        return size;
    }

    private Table table(long hash) {
        return tables[(int) (hash >>> Long.SIZE - TABLE_BITS)];
    }

    /** The hashes in ascending unsigned order. */
    long[] sorted() {
        long[] all = new long[size];
        int n = zero ? 1 : 0;
        for (Table table : tables) {
            int from = n;
            n = table.copy(all, n);
            // Within a table the highest bit is the same for all, so that signed order is unsigned order.
            Arrays.sort(all, from, n);
        }
        return all;
    }

    private static final class Table {
        private long[] slots = new long[16];
        private int used;

        boolean add(long hash) {
            int at = slot(hash);
            if (slots[at] == hash) {
                return false;
            }
            slots[at] = hash;
            if (++used * 5L > slots.length * 4L) {
                grow();
            }
            return true;
        }

        boolean contains(long hash) {
            return slots[slot(hash)] == hash;
        }

        int copy(long[] to, int from) {
            int n = from;
            for (long each : slots) {
                if (each != 0) {
                    to[n++] = each;
                }
            }
            return n;
        }

        private int slot(long hash) {
            int at = (int) ((hash & 0xffff_ffffL) * slots.length >>> 32);
            while (slots[at] != 0 && slots[at] != hash) {
                at = at + 1 == slots.length ? 0 : at + 1;
            }
            return at;
        }

        private void grow() {
            long[] old = slots;
            slots = new long[Math.addExact(old.length, old.length / 2)];
            for (long each : old) {
                if (each != 0) {
                    slots[slot(each)] = each;
                }
            }
        }
    }
}
