// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/** Sorts the offsets of entries in an arena: a stable merge sort that compares eight bytes of the keys before it looks into the arena. */
final class ArenaSort {
    private static final int SMALL = 12;

    private final byte[] arena;
    private final KeyMode mode;
    private final int common;

    ArenaSort(byte[] arena, KeyMode mode, int common) {
        this.arena = arena;
        this.mode = mode;
        this.common = common;
    }

    void sort(int[] offsets, int size) {
        long[] prefixes = new long[size];
        for (int i = 0; i < size; i++) {
            prefixes[i] = prefix(offsets[i]);
        }
        sort(new Part(prefixes, offsets), new Part(new long[size], new int[size]), 0, size);
    }

    private record Part(long[] prefixes, int[] offsets) {
        void move(int from, Part target, int to) {
            target.prefixes[to] = prefixes[from];
            target.offsets[to] = offsets[from];
        }

        void copy(int from, Part target, int to, int length) {
            System.arraycopy(prefixes, from, target.prefixes, to, length);
            System.arraycopy(offsets, from, target.offsets, to, length);
        }
    }

    /** The eight bytes after the common ones, as a signed number of the same order; shorter keys end in zeros. */
    private long prefix(int entry) {
        int from = RunSorter.keyStart(entry) + common;
        int length = RunSorter.keyEnd(arena, entry) - from;
        long prefix = 0;
        if (length >= 8) {
            prefix = RunFormat.bigEndianI64(arena, from);
        } else {
            for (int i = 0; i < length; i++) {
                prefix |= (arena[from + i] & 0xFFL) << (56 - 8 * i);
            }
        }
        return prefix ^ Long.MIN_VALUE;
    }

    private void sort(Part entries, Part spare, int from, int to) {
        if (to - from <= SMALL) {
            insert(entries, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(entries, spare, from, middle);
        sort(entries, spare, middle, to);
        // Entries often come in order, or in long ascending stretches.
        if (!above(entries, middle - 1, entries, middle)) {
            return;
        }
        int left = middle - from;
        entries.copy(from, spare, from, left);
        int i = from;
        int j = middle;
        int out = from;
        while (i < from + left && j < to) {
            if (above(spare, i, entries, j)) {
                entries.move(j++, entries, out++);
            } else {
                spare.move(i++, entries, out++);
            }
        }
        spare.copy(i, entries, out, from + left - i);
    }

    private void insert(Part entries, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long prefix = entries.prefixes[i];
            int offset = entries.offsets[i];
            int at = i;
            while (at > from && above(entries.prefixes[at - 1], entries.offsets[at - 1], prefix, offset)) {
                entries.move(at - 1, entries, at);
                at--;
            }
            entries.prefixes[at] = prefix;
            entries.offsets[at] = offset;
        }
    }

    private boolean above(Part left, int i, Part right, int j) {
        return above(left.prefixes[i], left.offsets[i], right.prefixes[j], right.offsets[j]);
    }

    private boolean above(long leftPrefix, int leftEntry, long rightPrefix, int rightEntry) {
        if (leftPrefix != rightPrefix) {
            return leftPrefix > rightPrefix;
        }
        return RunSorter.compare(arena, mode, leftEntry, rightEntry, common) > 0;
    }
}
