// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/** Collects what the tail of a run says: totals, the block table, the parts of the filter, the extra section. */
final class TailBuilder {
    private final GrowingBytes blockTable = new GrowingBytes(1024);
    private final GrowingBytes filterTable = new GrowingBytes(64);
    private byte[] lastFirstKey = new byte[0];
    private int blocks;
    private int filterParts;
    private int filterMessages;
    private long entries;
    private long tombstones;
    private long plainBytes;
    private long firstKeysBytes;
    private long highestNumber;

    void countEntry(boolean tombstone) {
        entries++;
        tombstones += tombstone ? 1 : 0;
    }

    void addBlock(byte[] firstKey, int storedLength, int plainLength, long highest) {
        if (blocks == RunFormat.MAX_BLOCKS) {
            throw new IllegalArgumentException("a run has at most " + RunFormat.MAX_BLOCKS + " blocks");
        }
        firstKeysBytes += firstKey.length;
        if (firstKeysBytes > RunFormat.MAX_FIRST_KEYS_BYTES) {
            throw new IllegalArgumentException("the first keys of a run's blocks take at most "
                    + RunFormat.MAX_FIRST_KEYS_BYTES + " bytes; write several runs");
        }
        int mismatch = Arrays.mismatch(lastFirstKey, firstKey);
        int shared = mismatch < 0 ? firstKey.length : mismatch;
        blockTable.putVarint(shared);
        blockTable.putVarint(firstKey.length - shared);
        blockTable.put(firstKey, shared, firstKey.length - shared);
        blockTable.putVarint(storedLength);
        blockTable.putVarint(plainLength);
        blockTable.putVarint(highest);
        lastFirstKey = firstKey;
        blocks++;
        plainBytes += plainLength;
        highestNumber = Math.max(highestNumber, highest);
    }

    void addFilterPart(byte[] firstKey, int keys, FuseFilter filter) {
        filterTable.putVarint(blocks);
        filterTable.putVarint(firstKey.length);
        filterTable.put(firstKey, 0, firstKey.length);
        filterTable.putVarint(keys);
        filterTable.putI64(filter.seed());
        filterTable.putVarint(filter.segmentBits());
        filterTable.putVarint(filter.segmentCount());
        filterParts++;
        int length = filter.fingerprints().length;
        filterMessages += (length + RunFormat.MESSAGE_BYTES - 1) / RunFormat.MESSAGE_BYTES;
    }

    int blocks() {
        return blocks;
    }

    long entries() {
        return entries;
    }

    long tombstones() {
        return tombstones;
    }

    long highestNumber() {
        return highestNumber;
    }

    GrowingBytes build(byte[] header, byte[] lastKey, byte[] extra) {
        GrowingBytes tail = new GrowingBytes(blockTable.size() + filterTable.size() + extra.length + 256);
        tail.putI32(0);
        tail.put(header, 0, header.length);
        tail.putI32(blocks);
        tail.putI32(filterParts);
        tail.putI32(filterMessages);
        tail.putI64(entries);
        tail.putI64(tombstones);
        tail.putI64(highestNumber);
        tail.putI64(plainBytes);
        tail.putVarint(lastKey.length);
        tail.put(lastKey, 0, lastKey.length);
        tail.put(blockTable.array(), 0, blockTable.size());
        tail.put(filterTable.array(), 0, filterTable.size());
        tail.putVarint(extra.length);
        tail.put(extra, 0, extra.length);
        if (tail.size() > RunFormat.MAX_TAIL_BYTES) {
            throw new IllegalArgumentException(
                    "a run's tail has at most " + RunFormat.MAX_TAIL_BYTES + " bytes; got " + tail.size());
        }
        RunFormat.putI32(tail.array(), 0, tail.size());
        return tail;
    }
}
