// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/**
 * Collects entries that come in any order and hands them out sorted, within a budget of memory.
 *
 * <p>With {@link KeyMode#UNIQUE} the entry that was added last wins where a key was added more than once; with {@link KeyMode#MULTI} equal
 * pairs of key and value are handed out once, with the last one's number. Entries lie in one array; there is no object for each. Not
 * thread-safe. Use: add until {@link #add} says that the budget is used up, write {@link #sorted()} as a run, {@link #clear()}, go on, and
 * merge the runs, the last one first.
 */
public final class RunSorter {
    /** Key length 2, value length and tombstone 4, number 8. */
    private static final int ENTRY_BYTES = 14;
    /** An offset and a prefix for each entry, twice while sorting. */
    private static final int INDEX_BYTES = 24;

    private static final int MAX_BUDGET_BYTES = 1 << 30;

    private final KeyMode mode;
    private final int budgetBytes;
    private GrowingBytes arena = new GrowingBytes(4096);
    private int[] offsets = new int[64];
    private int size;
    /** How many first bytes all keys have in common. */
    private int commonBytes;

    private boolean handedOut;

    /**
     * Creates a sorter.
     *
     * @param mode whether keys may repeat
     * @param budgetBytes how many bytes of entries it takes, 1 KiB to 1 GiB; the heap that it uses is at most twice that
     */
    public RunSorter(KeyMode mode, int budgetBytes) {
        if (budgetBytes < 1024 || budgetBytes > MAX_BUDGET_BYTES) {
            throw new IllegalArgumentException("budget must be 1 KiB to 1 GiB; got " + budgetBytes + " bytes");
        }
        this.mode = mode;
        this.budgetBytes = budgetBytes;
    }

    /**
     * Adds an entry; its arrays are copied.
     *
     * @param entry the entry
     * @return whether the budget is used up, so that the caller has to spill
     */
    public boolean add(EntryView entry) {
        if (handedOut) {
            throw new IllegalStateException("clear the sorter before adding to it again");
        }
        EntryLimits.check(entry, mode);
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, size + (size >> 1));
        }
        int start = arena.size();
        int keyLength = entry.keyLength();
        arena.reserve(ENTRY_BYTES + keyLength + entry.valueLength());
        arena.resize(start + ENTRY_BYTES);
        RunFormat.putU16(arena.array(), start, keyLength);
        RunFormat.putI32(arena.array(), start + 2, entry.valueLength() << 1 | (entry.tombstone() ? 1 : 0));
        RunFormat.putI64(arena.array(), start + 6, entry.number());
        arena.put(entry.keyBytes(), entry.keyOffset(), keyLength);
        arena.put(entry.valueBytes(), entry.valueOffset(), entry.valueLength());
        offsets[size++] = start;
        commonBytes = size == 1 ? keyLength : Math.min(commonBytes, sharedWithFirst(start, keyLength));
        return heldBytes() >= budgetBytes;
    }

    private int sharedWithFirst(int start, int keyLength) {
        byte[] bytes = arena.array();
        int compared = Math.min(commonBytes, keyLength);
        int from = start + ENTRY_BYTES;
        int mismatch = Arrays.mismatch(bytes, ENTRY_BYTES, ENTRY_BYTES + compared, bytes, from, from + compared);
        return mismatch < 0 ? compared : mismatch;
    }

    /**
     * How much of the budget is used.
     *
     * @return bytes of entries and of the index over them
     */
    public long heldBytes() {
        return arena.size() + (long) size * INDEX_BYTES;
    }

    /**
     * Whether nothing was added since the last {@link #clear()}.
     *
     * @return true if there is nothing to sort
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Sorts what was added. Nothing can be added until {@link #clear()}; the cursor ends then.
     *
     * @return a cursor before the first entry
     */
    public RunCursor sorted() {
        handedOut = true;
        new ArenaSort(arena.array(), mode, commonBytes).sort(offsets, size);
        return new ArenaCursor(arena.array(), Arrays.copyOf(offsets, size), mode);
    }

    /** Forgets all entries and lets go of a large array. */
    public void clear() {
        arena = new GrowingBytes(4096);
        offsets = new int[64];
        size = 0;
        commonBytes = 0;
        handedOut = false;
    }

    static int keyStart(int entry) {
        return entry + ENTRY_BYTES;
    }

    static int keyEnd(byte[] arena, int entry) {
        return entry + ENTRY_BYTES + RunFormat.u16(arena, entry);
    }

    static int valueLength(byte[] arena, int entry) {
        return RunFormat.i32(arena, entry + 2) >>> 1;
    }

    static boolean tombstone(byte[] arena, int entry) {
        return (arena[entry + 2] & 1) == 1;
    }

    static long number(byte[] arena, int entry) {
        return RunFormat.i64(arena, entry + 6);
    }

    /** Compares two entries by key, and by value if keys may repeat, but for bytes that all keys have in common. */
    static int compare(byte[] arena, KeyMode mode, int left, int right, int common) {
        int leftEnd = keyEnd(arena, left);
        int rightEnd = keyEnd(arena, right);
        int order = Arrays.compareUnsigned(
                arena, keyStart(left) + common, leftEnd, arena, keyStart(right) + common, rightEnd);
        if (order != 0 || mode == KeyMode.UNIQUE) {
            return order;
        }
        return Arrays.compareUnsigned(
                arena,
                leftEnd,
                leftEnd + valueLength(arena, left),
                arena,
                rightEnd,
                rightEnd + valueLength(arena, right));
    }
}
