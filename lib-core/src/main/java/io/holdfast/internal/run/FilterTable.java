// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/** The parts of a run's filter: from which key on each counts, and where its fingerprints lie. */
final class FilterTable {
    /** One part; {@code messageNumber} is the seal number of its first message. */
    record Part(byte[] firstKey, int keys, long seed, int segmentBits, int segmentCount, long messageNumber) {
        int lengthBytes() {
            return (int) FuseFilter.lengthBytes(segmentBits, segmentCount);
        }

        int messages() {
            return (lengthBytes() + RunFormat.MESSAGE_BYTES - 1) / RunFormat.MESSAGE_BYTES;
        }
    }

    private static final int MAX_SEGMENTS = 1 << 20;
    private static final int MAX_PART_BYTES = 16 << 20;

    final Part[] parts;
    /** How many blocks lie before each part. */
    final int[] blocksBefore;

    final long[] offsets;

    FilterTable(int size) {
        this.parts = new Part[size];
        this.blocksBefore = new int[size];
        this.offsets = new long[size];
    }

    int size() {
        return parts.length;
    }

    /** Reads the next part's row and returns how many messages there are up to its end. */
    long parseRow(int index, long messagesBefore, int blocks, TailParser in) {
        int lowest = index == 0 ? 0 : blocksBefore[index - 1];
        blocksBefore[index] = in.length("a filter's place", lowest, blocks);
        byte[] firstKey = in.bytes(in.length("a key's length", 1, RunFormat.MAX_KEY_BYTES));
        if (index > 0 && Arrays.compareUnsigned(parts[index - 1].firstKey(), firstKey) >= 0) {
            throw in.damaged("the first key of filter part " + index + " does not ascend");
        }
        int keys = in.length("a filter's count of keys", 1, RunFormat.FILTER_PART_KEYS);
        long seed = in.anyI64();
        int segmentBits = in.length("a filter's segment length", 0, FuseFilter.MAX_SEGMENT_BITS);
        int segmentCount = in.length("a filter's segment count", 1, MAX_SEGMENTS);
        if (FuseFilter.lengthBytes(segmentBits, segmentCount) > MAX_PART_BYTES) {
            throw in.damaged("filter part " + index + " is longer than " + MAX_PART_BYTES + " bytes");
        }
        Part part =
                new Part(firstKey, keys, seed, segmentBits, segmentCount, RunFormat.FILTER_NUMBERS + messagesBefore);
        parts[index] = part;
        return messagesBefore + part.messages();
    }

    /** The part that covers the key, or -1 when the key is below all. */
    int partFor(byte[] key, int offset, int length) {
        int low = 0;
        int high = parts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            byte[] first = parts[middle].firstKey();
            if (Arrays.compareUnsigned(first, 0, first.length, key, offset, offset + length) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
