// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.error.RepositoryException;

/**
 * One opened block, its restart points checked to lie inside.
 *
 * <p>Immutable. {@link BlockCursor} reads it.
 */
final class RunBlock {
    final String run;
    final int number;
    final long highestNumber;
    final byte[] bytes;
    final int start;
    final int entriesEnd;
    final int entries;

    private RunBlock(String run, int number, long highestNumber, byte[] bytes, int start, int length) {
        this.run = run;
        this.number = number;
        this.highestNumber = highestNumber;
        this.bytes = bytes;
        this.start = start;
        int end = start + length;
        this.entries = RunFormat.i32(bytes, end - 4);
        // An entry has at least 4 bytes besides its key or value.
        if (entries < 1 || entries > length / 4) {
            throw damaged("it counts " + (entries & 0xFFFFFFFFL) + " entries");
        }
        this.entriesEnd = end - 4 - 4 * restarts();
        if (entriesEnd < start + 5) {
            throw damaged("it has no room for its restart points");
        }
    }

    /**
     * Takes a plain block.
     *
     * @param origin the run's name, and the block's number and highest entry number
     * @param bytes the array
     * @param start where the block begins
     * @param length how long it is, at least 9 bytes
     */
    static RunBlock of(Origin origin, byte[] bytes, int start, int length) {
        return new RunBlock(origin.run(), origin.number(), origin.highestNumber(), bytes, start, length);
    }

    /** Where a block comes from. */
    record Origin(String run, int number, long highestNumber) {}

    int restarts() {
        return (entries + RunFormat.RESTART_INTERVAL - 1) / RunFormat.RESTART_INTERVAL;
    }

    /** The offset of an entry that begins a group of 16. */
    int restart(int index) {
        int offset = RunFormat.i32(bytes, entriesEnd + 4 * index);
        if (offset < 0 || offset >= entriesEnd - start) {
            throw damaged("restart point " + index + " is " + (offset & 0xFFFFFFFFL));
        }
        return start + offset;
    }

    int weightBytes() {
        return bytes.length + 64;
    }

    RepositoryException damaged(String what) {
        return RunDamage.in(run, "block " + number, what);
    }
}
