// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Finds the entries of ascending keys, opening each block once. */
final class SelectCursor implements RunCursor {
    private final RunReader reader;
    private final Iterator<byte[]> keys;
    private final BlockTable table;
    private @Nullable BlockCursor cursor;
    private byte[] key = new byte[0];
    /** Whether more entries of the key may follow in this block or the next. */
    private boolean sameKey;

    SelectCursor(RunReader reader, Iterator<byte[]> keys) {
        this.reader = reader;
        this.keys = keys;
        this.table = reader.tail().blocks();
    }

    @Override
    public boolean advance() {
        while (true) {
            if (sameKey && nextOfKey()) {
                return true;
            }
            sameKey = false;
            if (!keys.hasNext()) {
                return false;
            }
            byte[] next = keys.next();
            if (Arrays.compareUnsigned(next, key) <= 0) {
                throw new IllegalArgumentException("keys to look up must ascend");
            }
            key = next;
            if (reader.mightContain(key)) {
                seek();
                sameKey = true;
            }
        }
    }

    private void seek() {
        BlockCursor current = enter(reader.blockFor(key));
        current.seek(key);
    }

    private BlockCursor enter(int block) {
        BlockCursor current = cursor;
        if (current == null) {
            current = new BlockCursor(reader.mode(), reader.block(block, true));
            cursor = current;
        } else {
            boolean open = current.block().number == block;
            current.enter(open ? current.block() : reader.block(block, true));
        }
        return current;
    }

    private boolean nextOfKey() {
        BlockCursor current = current();
        while (!current.next()) {
            int next = current.block().number + 1;
            if (next == table.size() || table.compareFirstKey(next, key, 0, key.length) > 0) {
                return false;
            }
            enter(next);
        }
        return RunReader.matches(current, key);
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
