// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/** Where the blocks of a run lie and what keys they begin with, in primitive arrays. */
final class BlockTable {
    private final int size;
    private final GrowingBytes keys;
    private final int[] keyEnds;
    final long[] offsets;
    final int[] storedLengths;
    final int[] plainLengths;
    final long[] highestNumbers;

    BlockTable(int size) {
        this.size = size;
        this.keys = new GrowingBytes(Math.max(64, size * 8));
        this.keyEnds = new int[size];
        this.offsets = new long[size];
        this.storedLengths = new int[size];
        this.plainLengths = new int[size];
        this.highestNumbers = new long[size];
    }

    int size() {
        return size;
    }

    /** The heap that the table takes. */
    long heapBytes() {
        return keys.array().length + size * 28L;
    }

    /** Reads the next block's row. */
    void parseRow(int block, TailParser in, KeyMode mode) {
        int previousStart = block < 2 ? 0 : keyEnds[block - 2];
        int previousLength = block == 0 ? 0 : keyEnds[block - 1] - previousStart;
        int shared = in.length("a shared length", 0, previousLength);
        int unshared = in.length("an unshared length", 0, RunFormat.MAX_KEY_BYTES - shared);
        byte[] suffix = in.bytes(unshared);
        if ((long) keys.size() + shared + unshared > RunFormat.MAX_FIRST_KEYS_BYTES) {
            throw in.damaged("its first keys take more than " + RunFormat.MAX_FIRST_KEYS_BYTES + " bytes");
        }
        keys.reserve(shared + unshared);
        keys.put(keys.array(), previousStart, shared);
        keys.put(suffix, 0, unshared);
        keyEnds[block] = keys.size();
        checkKey(block, in, mode);
        storedLengths[block] = in.length("a stored length", 1, RunFormat.MAX_BLOCK_BYTES + 1024);
        plainLengths[block] = in.length("a plain length", 9, RunFormat.MAX_BLOCK_BYTES);
        highestNumbers[block] = in.varint("a number", 0, Long.MAX_VALUE);
    }

    private void checkKey(int block, TailParser in, KeyMode mode) {
        int start = keyStart(block);
        if (keyEnds[block] == start) {
            throw in.damaged("the first key of block " + block + " is empty");
        }
        if (block > 0) {
            byte[] all = keys.array();
            int order = Arrays.compareUnsigned(all, keyStart(block - 1), start, all, start, keyEnds[block]);
            if (order > 0 || (order == 0 && mode == KeyMode.UNIQUE)) {
                throw in.damaged("the first key of block " + block + " does not ascend");
            }
        }
    }

    private int keyStart(int block) {
        return block == 0 ? 0 : keyEnds[block - 1];
    }

    byte[] firstKey(int block) {
        return Arrays.copyOfRange(keys.array(), keyStart(block), keyEnds[block]);
    }

    /** Compares a block's first key with a key. */
    int compareFirstKey(int block, byte[] key, int offset, int length) {
        return Arrays.compareUnsigned(keys.array(), keyStart(block), keyEnds[block], key, offset, offset + length);
    }

    /** The first block that may hold the key or one above it: the last one that begins below the key, else the first. */
    int blockFor(byte[] key, int offset, int length, KeyMode mode) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compareFirstKey(middle, key, offset, length);
            // Entries with the key may end the block before the one that begins with it, if keys may repeat.
            if (order < 0 || (order == 0 && mode == KeyMode.UNIQUE)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }
}
