// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import org.jspecify.annotations.Nullable;

/** Walks a run from a block or key on, over the blocks that have an entry above a number. */
final class ScanCursor implements RunCursor {
    private final RunReader reader;
    private final BlockTable table;
    private final long above;
    private int nextBlock;
    private byte @Nullable [] seekKey;
    private @Nullable BlockCursor cursor;

    /** Stored bytes that were read ahead, and the offset in the run at which they begin. */
    private byte[] window = new byte[0];

    private long windowOffset;

    ScanCursor(RunReader reader, int firstBlock, byte @Nullable [] seekKey, long above) {
        this.reader = reader;
        this.table = reader.tail().blocks();
        this.nextBlock = firstBlock;
        this.seekKey = seekKey;
        this.above = above;
    }

    @Override
    public boolean advance() {
        BlockCursor current = cursor;
        while (true) {
            while (current == null || !current.next()) {
                current = enterNextBlock();
                if (current == null) {
                    return false;
                }
            }
            if (current.number() > above) {
                return true;
            }
        }
    }

    /** Goes to the next block that is wanted and stands before its first wanted entry; null when there is none. */
    private @Nullable BlockCursor enterNextBlock() {
        while (nextBlock < table.size() && table.highestNumbers[nextBlock] <= above) {
            nextBlock++;
        }
        if (nextBlock >= table.size()) {
            return null;
        }
        byte[] target = seekKey;
        RunBlock block = load(nextBlock, target != null);
        nextBlock++;
        BlockCursor current = cursor;
        if (current == null) {
            current = new BlockCursor(reader.mode(), block);
            cursor = current;
        } else {
            current.enter(block);
        }
        if (target == null) {
            current.checkFirstKey(table);
        } else {
            seekKey = null;
            current.seek(target);
        }
        return current;
    }

    private RunBlock load(int block, boolean keep) {
        int ahead = reader.readAheadBytes();
        // Who seeks a key wants this block and keeps it; only who walks on gains from reading ahead.
        if (ahead <= 0 || keep) {
            return reader.block(block, keep);
        }
        RunBlock known = reader.cached(block);
        if (known != null) {
            return known;
        }
        long from = reader.startOf(block);
        if (reader.endOf(block) > windowOffset + window.length) {
            fill(block, from, ahead);
        }
        return reader.open(block, window, windowOffset);
    }

    /** Reads a block together with the wanted blocks behind it, as far as that makes one range of bounded length. */
    private void fill(int block, long from, int ahead) {
        long end = reader.endOf(block);
        for (int next = block + 1; next < table.size() && reader.endOf(next) - from <= ahead; next++) {
            if (table.highestNumbers[next] > above) {
                end = reader.endOf(next);
            }
        }
        window = reader.read(from, Math.toIntExact(end - from));
        windowOffset = from;
    }

    private BlockCursor current() {
        BlockCursor current = cursor;
        if (current == null) {
            throw new IllegalStateException("advance the cursor before reading an entry");
        }
        return current;
    }

    @Override
    public byte[] keyBytes() {
        return current().keyBytes();
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return current().keyLength();
    }

    @Override
    public long number() {
        return current().number();
    }

    @Override
    public boolean tombstone() {
        return current().tombstone();
    }

    @Override
    public byte[] valueBytes() {
        return current().valueBytes();
    }

    @Override
    public int valueOffset() {
        return current().valueOffset();
    }

    @Override
    public int valueLength() {
        return current().valueLength();
    }
}
