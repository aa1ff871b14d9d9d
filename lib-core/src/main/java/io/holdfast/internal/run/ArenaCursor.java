// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/** Walks sorted entries of an arena; of equal ones it hands out the last. */
final class ArenaCursor implements RunCursor {
    private final byte[] arena;
    private final int[] offsets;
    private final KeyMode mode;
    private int next;
    private int entry;

    ArenaCursor(byte[] arena, int[] offsets, KeyMode mode) {
        this.arena = arena;
        this.offsets = offsets;
        this.mode = mode;
    }

    @Override
    public boolean advance() {
        if (next == offsets.length) {
            return false;
        }
        entry = offsets[next++];
        while (next < offsets.length && RunSorter.compare(arena, mode, entry, offsets[next], 0) == 0) {
            entry = offsets[next++];
        }
        return true;
    }

    @Override
    public byte[] keyBytes() {
        return arena;
    }

    @Override
    public int keyOffset() {
        return RunSorter.keyStart(entry);
    }

    @Override
    public int keyLength() {
        return RunSorter.keyEnd(arena, entry) - RunSorter.keyStart(entry);
    }

    @Override
    public long number() {
        return RunSorter.number(arena, entry);
    }

    @Override
    public boolean tombstone() {
        return RunSorter.tombstone(arena, entry);
    }

    @Override
    public byte[] valueBytes() {
        return arena;
    }

    @Override
    public int valueOffset() {
        return RunSorter.keyEnd(arena, entry);
    }

    @Override
    public int valueLength() {
        return RunSorter.valueLength(arena, entry);
    }
}
