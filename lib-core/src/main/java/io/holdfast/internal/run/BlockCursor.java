// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/** Reads the entries of blocks in order and checks each against the one before it, across blocks too. */
final class BlockCursor implements EntryView {
    private final KeyMode mode;
    private RunBlock block;
    private byte[] bytes;
    private int at;
    private int index;
    private boolean hasPrevious;
    /** Whether the current entry was read ahead and is still to be handed out. */
    private boolean pending;

    private byte[] key = new byte[64];
    private int keyLength;
    private long number;
    private boolean tombstone;
    private byte[] valueBytes = new byte[0];
    private int valueOffset;
    private int valueLength;

    BlockCursor(KeyMode mode, RunBlock first) {
        this.mode = mode;
        this.block = first;
        this.bytes = first.bytes;
        this.at = first.start;
    }

    /** Goes on with a block that lies behind the last one. */
    void enter(RunBlock next) {
        block = next;
        bytes = next.bytes;
        at = next.start;
        index = 0;
        pending = false;
    }

    RunBlock block() {
        return block;
    }

    /** Moves to the next entry of the block. */
    boolean next() {
        if (pending) {
            pending = false;
            return true;
        }
        if (index == block.entries) {
            return false;
        }
        boolean restart = index % RunFormat.RESTART_INTERVAL == 0;
        if (restart && at != block.restart(index / RunFormat.RESTART_INTERVAL)) {
            throw block.damaged("entry " + index + " does not begin at its restart point");
        }
        int shared = length(restart ? 0 : keyLength);
        int unshared = length(RunFormat.MAX_KEY_BYTES - shared);
        long meta = varint();
        int newValueLength = length(RunFormat.MAX_VALUE_BYTES);
        if (shared + unshared == 0 || block.entriesEnd - at < unshared + newValueLength) {
            throw block.damaged("entry " + index + " has no key or does not end inside");
        }
        if (hasPrevious) {
            checkOrder(restart, shared, unshared, newValueLength);
        }
        setKey(shared, unshared);
        setRest(meta, newValueLength);
        index++;
        hasPrevious = true;
        if (index == block.entries && at != block.entriesEnd) {
            throw block.damaged("its entries do not fill it");
        }
        return true;
    }

    private void setKey(int shared, int unshared) {
        int newLength = shared + unshared;
        if (newLength > key.length) {
            key = Arrays.copyOf(key, Math.max(newLength, Math.min(RunFormat.MAX_KEY_BYTES, 2 * key.length)));
        }
        System.arraycopy(bytes, at, key, shared, unshared);
        keyLength = newLength;
        at += unshared;
    }

    private void setRest(long meta, int newValueLength) {
        number = meta >>> 1;
        tombstone = (meta & 1) == 1;
        valueBytes = bytes;
        valueOffset = at;
        valueLength = newValueLength;
        at += newValueLength;
        if (number > block.highestNumber) {
            throw block.damaged(
                    "entry " + index + " has number " + number + ", above the block's " + block.highestNumber);
        }
        if (tombstone && (newValueLength > 0 || mode == KeyMode.MULTI)) {
            throw block.damaged("entry " + index + " is a tombstone that may not be here");
        }
    }

    private void checkOrder(boolean restart, int shared, int unshared, int newValueLength) {
        int order;
        if (restart) {
            order = Arrays.compareUnsigned(key, 0, keyLength, bytes, at, at + unshared);
        } else if (shared == keyLength) {
            order = unshared == 0 ? 0 : -1;
        } else {
            // The shared part is the longest possible, so the next bytes differ.
            order = unshared == 0 || (key[shared] & 0xFF) >= (bytes[at] & 0xFF) ? 1 : -1;
        }
        if (order == 0 && mode == KeyMode.MULTI) {
            int from = at + unshared;
            order = Arrays.compareUnsigned(
                    valueBytes, valueOffset, valueOffset + valueLength, bytes, from, from + newValueLength);
        }
        if (order >= 0) {
            throw block.damaged("entry " + index + " does not ascend");
        }
    }

    /** Stands before the first entry of the block at or above a key, or before the block's end when there is none. */
    void seek(byte[] target) {
        int low = 0;
        int high = block.restarts() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            int order = compareRestart(middle, target);
            if (order < 0 || (order == 0 && mode == KeyMode.UNIQUE)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        at = block.restart(low);
        index = low * RunFormat.RESTART_INTERVAL;
        hasPrevious = false;
        while (next()) {
            if (Arrays.compareUnsigned(key, 0, keyLength, target, 0, target.length) >= 0) {
                pending = true;
                return;
            }
        }
    }

    /** Compares the first key of the block that was just entered with the block table. */
    void checkFirstKey(BlockTable table) {
        next();
        if (table.compareFirstKey(block.number, key, 0, keyLength) != 0) {
            throw block.damaged("its first key is not the one in the block table");
        }
        pending = true;
    }

    private int compareRestart(int restart, byte[] target) {
        at = block.restart(restart);
        index = restart * RunFormat.RESTART_INTERVAL;
        length(0);
        int restartKeyLength = length(RunFormat.MAX_KEY_BYTES);
        varint();
        length(RunFormat.MAX_VALUE_BYTES);
        if (block.entriesEnd - at < restartKeyLength) {
            throw block.damaged("the key of restart point " + restart + " does not end inside");
        }
        return Arrays.compareUnsigned(bytes, at, at + restartKeyLength, target, 0, target.length);
    }

    private int length(int highest) {
        if (at < block.entriesEnd && bytes[at] >= 0) {
            int value = bytes[at++];
            if (value <= highest) {
                return value;
            }
            throw block.damaged("entry " + index + " has a length of " + value + ", above " + highest);
        }
        long value = varint();
        if (value < 0 || value > highest) {
            throw block.damaged(
                    "entry " + index + " has a length of " + Long.toUnsignedString(value) + ", above " + highest);
        }
        return (int) value;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64 && at < block.entriesEnd; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw block.damaged("entry " + index + " has a number that does not end");
    }

    @Override
    public byte[] keyBytes() {
        return key;
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return keyLength;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean tombstone() {
        return tombstone;
    }

    @Override
    public byte[] valueBytes() {
        return valueBytes;
    }

    @Override
    public int valueOffset() {
        return valueOffset;
    }

    @Override
    public int valueLength() {
        return valueLength;
    }
}
