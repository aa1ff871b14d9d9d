// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.internal.seal.BlockSealer;
import java.util.Arrays;

/**
 * What the tail of a run says, checked: the blocks and parts of the filter that it names fill the run from header to tail without a gap.
 *
 * @param entries how many entries
 * @param tombstones how many of them are tombstones
 * @param highestNumber the highest number of an entry
 * @param lastKey the highest key, empty for an empty run
 * @param blocks the block table
 * @param filters the filter's parts, none if the run has no filter
 * @param extra the extra section
 */
record RunTail(
        long entries,
        long tombstones,
        long highestNumber,
        byte[] lastKey,
        BlockTable blocks,
        FilterTable filters,
        byte[] extra) {

    /**
     * Reads a tail.
     *
     * @param run the run's name
     * @param plain the opened tail
     * @param frame the header that the footer repeats, and where the tail begins
     */
    static RunTail parse(String run, byte[] plain, RunFrame frame, BlockSealer sealer) {
        TailParser in = new TailParser(run, plain);
        if (in.i32("the tail's length") != plain.length) {
            throw in.damaged("its length is not the one that it commits to");
        }
        if (!Arrays.equals(in.bytes(RunFormat.HEADER_BYTES), frame.header())) {
            throw in.damaged("it belongs to another header");
        }
        int blockCount = in.i32("the count of blocks");
        int filterCount = in.i32("the count of filter parts");
        int messageCount = in.i32("the count of filter messages");
        long entries = in.i64("the count of entries");
        long tombstones = in.i64("the count of tombstones");
        long highest = in.i64("the highest number");
        long plainBytes = in.i64("the plain length");
        byte[] lastKey = in.bytes(in.length("the last key's length", 0, RunFormat.MAX_KEY_BYTES));
        // A row has at least 5 bytes, so that a count cannot ask for more memory than its rows would take.
        if (blockCount > in.remaining() / 5 || filterCount > in.remaining() / 5) {
            throw in.damaged("it has no room for " + blockCount + " blocks and " + filterCount + " filter parts");
        }
        if (tombstones > entries || entries < blockCount || (entries == 0) != (lastKey.length == 0)) {
            throw in.damaged(
                    entries + " entries, " + tombstones + " tombstones and " + blockCount + " blocks do not agree");
        }
        BlockTable blocks = parseBlocks(blockCount, in, frame.kind().mode());
        checkTotals(in, blocks, highest, plainBytes);
        FilterTable filters = parseFilters(filterCount, messageCount, blockCount, in);
        byte[] extra = in.bytes(in.length("the extra section's length", 0, RunFormat.MAX_EXTRA_BYTES));
        if (in.remaining() > 0) {
            throw in.damaged("it has " + in.remaining() + " bytes too many");
        }
        long end = place(blocks, filters, sealer);
        if (end != frame.tailOffset()) {
            throw in.damaged("blocks and filters end at " + end + ", the tail begins at " + frame.tailOffset());
        }
        return new RunTail(entries, tombstones, highest, lastKey, blocks, filters, extra);
    }

    private static BlockTable parseBlocks(int count, TailParser in, KeyMode mode) {
        BlockTable blocks = new BlockTable(count);
        for (int i = 0; i < count; i++) {
            blocks.parseRow(i, in, mode);
        }
        return blocks;
    }

    private static void checkTotals(TailParser in, BlockTable blocks, long highest, long plainBytes) {
        long highestSeen = 0;
        long plainSeen = 0;
        for (int i = 0; i < blocks.size(); i++) {
            highestSeen = Math.max(highestSeen, blocks.highestNumbers[i]);
            plainSeen += blocks.plainLengths[i];
        }
        if (highestSeen != highest || plainSeen != plainBytes) {
            throw in.damaged("its totals do not agree with its block table");
        }
    }

    private static FilterTable parseFilters(int count, int messageCount, int blocks, TailParser in) {
        FilterTable filters = new FilterTable(count);
        long messages = 0;
        for (int i = 0; i < count; i++) {
            messages = filters.parseRow(i, messages, blocks, in);
        }
        if (messages != messageCount) {
            throw in.damaged("it names " + messages + " filter messages and counts " + messageCount);
        }
        return filters;
    }

    /** Works out the offsets of blocks and filter parts, which lie in the order in which they were written. */
    private static long place(BlockTable blocks, FilterTable filters, BlockSealer sealer) {
        long offset = RunFormat.HEADER_BYTES;
        int part = 0;
        for (int block = 0; block <= blocks.size(); block++) {
            while (part < filters.size() && filters.blocksBefore[part] == block) {
                filters.offsets[part] = offset;
                offset += Messages.storedLength(sealer, filters.parts[part].lengthBytes());
                part++;
            }
            if (block < blocks.size()) {
                blocks.offsets[block] = offset;
                offset += blocks.storedLengths[block];
            }
        }
        return offset;
    }
}
