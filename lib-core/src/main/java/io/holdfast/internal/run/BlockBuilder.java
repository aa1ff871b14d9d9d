// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/** Lays entries into a block: prefix-compressed keys, a restart point every 16 entries, checks of limits and order. */
final class BlockBuilder {
    private final KeyMode mode;
    /** The first byte is kept free for the codec, so that a raw block is sealed in place. */
    private final GrowingBytes bytes = new GrowingBytes(2 * RunFormat.BLOCK_BYTES);

    private final GrowingBytes restarts = new GrowingBytes(256);
    private final GrowingBytes lastKey = new GrowingBytes(64);
    private final GrowingBytes lastValue = new GrowingBytes(64);
    private boolean anyEntry;
    private int entries;
    private byte[] firstKey = new byte[0];
    private long highestNumber;

    BlockBuilder(KeyMode mode) {
        this.mode = mode;
        clear();
    }

    /** Begins the next block; the order goes on being checked against the last one. */
    void clear() {
        bytes.resize(1);
        restarts.resize(0);
        entries = 0;
        highestNumber = 0;
    }

    /**
     * Adds an entry.
     *
     * @return whether its key differs from that of the entry before
     */
    boolean add(EntryView entry) {
        EntryLimits.check(entry, mode);
        byte[] key = entry.keyBytes();
        int from = entry.keyOffset();
        int length = entry.keyLength();
        int same = sharedLength(key, from, length);
        boolean newKey = same < lastKey.size() || same < length || !anyEntry;
        checkOrder(entry, same);
        int shared = same;
        if (entries % RunFormat.RESTART_INTERVAL == 0) {
            shared = 0;
            restarts.putI32(bytes.size() - 1);
        }
        if (entries == 0) {
            firstKey = Arrays.copyOfRange(key, from, from + length);
        }
        write(entry, shared);
        lastKey.resize(same);
        lastKey.put(key, from + same, length - same);
        if (mode == KeyMode.MULTI) {
            lastValue.resize(0);
            lastValue.put(entry.valueBytes(), entry.valueOffset(), entry.valueLength());
        }
        anyEntry = true;
        entries++;
        highestNumber = Math.max(highestNumber, entry.number());
        return newKey;
    }

    private void write(EntryView entry, int shared) {
        int unshared = entry.keyLength() - shared;
        int valueLength = entry.valueLength();
        bytes.reserve(40 + unshared + valueLength);
        byte[] to = bytes.array();
        int at = RunFormat.putVarint(to, bytes.size(), shared);
        at = RunFormat.putVarint(to, at, unshared);
        at = RunFormat.putVarint(to, at, entry.number() << 1 | (entry.tombstone() ? 1 : 0));
        at = RunFormat.putVarint(to, at, valueLength);
        System.arraycopy(entry.keyBytes(), entry.keyOffset() + shared, to, at, unshared);
        at += unshared;
        System.arraycopy(entry.valueBytes(), entry.valueOffset(), to, at, valueLength);
        bytes.resize(at + valueLength);
    }

    private int sharedLength(byte[] key, int from, int length) {
        int mismatch = Arrays.mismatch(lastKey.array(), 0, lastKey.size(), key, from, from + length);
        return mismatch < 0 ? length : mismatch;
    }

    private void checkOrder(EntryView entry, int same) {
        int length = entry.keyLength();
        boolean ascends;
        if (!anyEntry || same == lastKey.size()) {
            ascends = !anyEntry || same < length || (mode == KeyMode.MULTI && valueAscends(entry));
        } else {
            ascends = same < length
                    && (lastKey.array()[same] & 0xFF) < (entry.keyBytes()[entry.keyOffset() + same] & 0xFF);
        }
        if (!ascends) {
            throw new IllegalArgumentException(
                    "entries must ascend" + (mode == KeyMode.MULTI ? " by key and value" : "") + "; " + entry.copy()
                            + " does not come after the one before it");
        }
    }

    private boolean valueAscends(EntryView entry) {
        int offset = entry.valueOffset();
        return Arrays.compareUnsigned(
                        lastValue.array(),
                        0,
                        lastValue.size(),
                        entry.valueBytes(),
                        offset,
                        offset + entry.valueLength())
                < 0;
    }

    int entries() {
        return entries;
    }

    /** The plain length of the block if it were closed now. */
    int plainBytes() {
        return bytes.size() - 1 + restarts.size() + 4;
    }

    /** Appends restart points and count. The plain block begins at offset 1 of {@link #array()}. */
    int close() {
        bytes.put(restarts.array(), 0, restarts.size());
        bytes.putI32(entries);
        return bytes.size() - 1;
    }

    byte[] array() {
        return bytes.array();
    }

    byte[] firstKey() {
        return firstKey;
    }

    byte[] lastKey() {
        return lastKey.copy();
    }

    long highestNumber() {
        return highestNumber;
    }
}
