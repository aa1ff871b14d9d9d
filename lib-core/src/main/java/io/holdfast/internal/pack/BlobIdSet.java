// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Objects;

/**
 * The ids of the blobs that a session has written: at most about 32 bytes of heap for each, no object for each.
 *
 * <p>Safe for use by several threads. Ids are keyed hashes, so their bytes serve as the hash; the first byte picks one of 64 open-addressed
 * tables, which grow by a quarter when four fifths full, one after another, so that growing never doubles the whole.
 */
final class BlobIdSet {
    private static final int TABLES = 64;

    private final Table[] tables = new Table[TABLES];

    BlobIdSet() {
        for (int i = 0; i < TABLES; i++) {
            tables[i] = new Table();
        }
    }

    /** Adds an id and tells whether it was not there. */
    boolean add(byte[] id) {
        return table(id).add(id);
    }

    boolean contains(byte[] id) {
        return table(id).contains(id);
    }

    long size() {
        long size = 0;
        for (Table table : tables) {
            size += table.size();
        }
        return size;
    }

    /** The heap that the tables take, without the fixed part of a few kilobytes. */
    long heapBytes() {
        long bytes = 0;
        for (Table table : tables) {
            bytes += table.heapBytes();
        }
        return bytes;
    }

    private Table table(byte[] id) {
        Objects.checkIndex(PackFormat.ID_BYTES - 1, id.length);
        return tables[id[0] & (TABLES - 1)];
    }

    private static final class Table {
        private static final int WORDS = PackFormat.ID_BYTES / Integer.BYTES;
        private static final int FIRST_SLOTS = 16;

        private int[] words = new int[FIRST_SLOTS * WORDS];
        private int slots = FIRST_SLOTS;
        private int used;
        /** An empty slot is all zeros, so the id that is all zeros stands apart. */
        private boolean hasZero;

        synchronized boolean contains(byte[] id) {
            int slot = find(id);
            return slot < 0 ? hasZero : !isEmpty(slot);
        }

        synchronized boolean add(byte[] id) {
            int slot = find(id);
            if (slot < 0) {
                boolean added = !hasZero;
                hasZero = true;
                return added;
            }
            if (!isEmpty(slot)) {
                return false;
            }
            for (int i = 0; i < WORDS; i++) {
                words[slot * WORDS + i] = PackFormat.i32(id, i * Integer.BYTES);
            }
            used++;
            if (used * 5L > slots * 4L) {
                grow();
            }
            return true;
        }

        synchronized long size() {
            return (long) used + (hasZero ? 1 : 0);
        }

        synchronized long heapBytes() {
            return (long) words.length * Integer.BYTES;
        }

        /** The slot of the id, or the empty one where it belongs; -1 for the id that is all zeros. */
        private int find(byte[] id) {
            int w0 = PackFormat.i32(id, 0);
            int w1 = PackFormat.i32(id, 4);
            int w2 = PackFormat.i32(id, 8);
            int w3 = PackFormat.i32(id, 12);
            int w4 = PackFormat.i32(id, 16);
            if ((w0 | w1 | w2 | w3 | w4) == 0) {
                return -1;
            }
            int slot = home(w1, slots);
            while (true) {
                int at = slot * WORDS;
                boolean same = words[at] == w0
                        && words[at + 1] == w1
                        && words[at + 2] == w2
                        && words[at + 3] == w3
                        && words[at + 4] == w4;
                if (same || isEmpty(slot)) {
                    return slot;
                }
                slot = slot + 1 == slots ? 0 : slot + 1;
            }
        }

        private boolean isEmpty(int slot) {
            int at = slot * WORDS;
            return (words[at] | words[at + 1] | words[at + 2] | words[at + 3] | words[at + 4]) == 0;
        }

        private void grow() {
            int[] old = words;
            int oldSlots = slots;
            slots = Math.addExact(oldSlots, oldSlots / 4);
            words = new int[Math.multiplyExact(slots, WORDS)];
            for (int i = 0; i < oldSlots; i++) {
                int from = i * WORDS;
                if ((old[from] | old[from + 1] | old[from + 2] | old[from + 3] | old[from + 4]) == 0) {
                    continue;
                }
                int slot = home(old[from + 1], slots);
                while (!isEmpty(slot)) {
                    slot = slot + 1 == slots ? 0 : slot + 1;
                }
                System.arraycopy(old, from, words, slot * WORDS, WORDS);
            }
        }

        private static int home(int hash, int slots) {
            return (int) ((hash & 0xffff_ffffL) * slots >>> 32);
        }
    }
}
