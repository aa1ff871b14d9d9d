// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Arrays;

/** Entries of a future index run, 37 bytes each, sorted when they are complete. Not thread-safe. */
final class IndexEntries {
    private static final int INDEX_BITS = 20;
    /** The most entries that fit. */
    static final int LIMIT = 1 << INDEX_BITS;

    private static final int FIRST_ENTRIES = 1 << 10;

    private byte[] bytes = new byte[FIRST_ENTRIES * IndexEntry.BYTES];
    private int count;

    int count() {
        return count;
    }

    void clear() {
        count = 0;
        bytes = new byte[FIRST_ENTRIES * IndexEntry.BYTES];
    }

    /** Adds the blobs of a frame. */
    void add(int pack, FrameEntry frame) {
        int offset = 0;
        for (int i = 0; i < frame.blobs(); i++) {
            if (count == LIMIT) {
                throw new IllegalStateException("more than " + LIMIT + " entries in one index run");
            }
            int at = count * IndexEntry.BYTES;
            if (at == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 2, LIMIT * IndexEntry.BYTES));
            }
            System.arraycopy(frame.ids(), i * PackFormat.ID_BYTES, bytes, at, PackFormat.ID_BYTES);
            int value = at + PackFormat.ID_BYTES;
            IndexEntry.putValue(bytes, value, pack, frame.start(), frame.storedLength());
            IndexEntry.putBlob(bytes, value, offset, frame.lengths()[i]);
            offset += frame.lengths()[i];
            count++;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * The order of the entries: by id, then by value.
     *
     * <p>Sorts numbers that hold the first 43 bits of an id and the entry's place; ids that agree so far are then compared whole. A cursor over one run
     * must ascend strictly, so the second and later of equal entries are left out.
     */
    int[] sorted() {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            int at = i * IndexEntry.BYTES;
            long high = PackFormat.u32(bytes, at) << 11 | PackFormat.u32(bytes, at + 4) >>> 21;
            keys[i] = high << INDEX_BITS | i;
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        int used = 0;
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && keys[to] >>> INDEX_BITS == keys[from] >>> INDEX_BITS) {
                to++;
            }
            used = appendTied(keys, from, to, order, used);
            from = to;
        }
        return Arrays.copyOf(order, used);
    }

    private int appendTied(long[] keys, int from, int to, int[] order, int used) {
        if (to - from == 1) {
            order[used] = place(keys[from]);
            return used + 1;
        }
        Integer[] tied = new Integer[to - from];
        for (int i = from; i < to; i++) {
            tied[i - from] = place(keys[i]);
        }
        Arrays.sort(tied, this::compare);
        int after = used;
        for (int i = 0; i < tied.length; i++) {
            if (i == 0 || compare(tied[i - 1], tied[i]) != 0) {
                order[after++] = tied[i];
            }
        }
        return after;
    }

    private static int place(long key) {
        return (int) key & (LIMIT - 1);
    }

    private int compare(int left, int right) {
        int l = left * IndexEntry.BYTES;
        int r = right * IndexEntry.BYTES;
        return Arrays.compareUnsigned(bytes, l, l + IndexEntry.BYTES, bytes, r, r + IndexEntry.BYTES);
    }
}
