// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.run.RunCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks an index run with the ordinals of another pack table, without the entries of packs that have none there.
 *
 * <p>New ordinals may change the order of the copies of one blob, so these are gathered and sorted; there are few. Not thread-safe.
 */
final class RemappingCursor implements RunCursor {
    private static final int DROPPED = -1;

    private final OpenIndexRun run;
    private final RunCursor entries;
    private final int[] ordinals;
    private final List<byte[]> values = new ArrayList<>();
    private byte[] key = new byte[0];
    private int at;
    private boolean ahead;

    /** Ordinals has, for each pack of the run, its ordinal in the new table, or -1 to drop its entries. */
    RemappingCursor(OpenIndexRun run, int[] ordinals) {
        this.run = run;
        this.entries = run.reader().scan();
        this.ordinals = ordinals.clone();
    }

    @Override
    public boolean advance() {
        at++;
        while (at >= values.size()) {
            if (!ahead && !entries.advance()) {
                return false;
            }
            gather();
        }
        return true;
    }

    /** Takes all entries of the key that the inner cursor stands at, and leaves it at the next key. */
    private void gather() {
        values.clear();
        at = 0;
        key = Arrays.copyOfRange(entries.keyBytes(), entries.keyOffset(), entries.keyOffset() + entries.keyLength());
        do {
            int from = entries.valueOffset();
            byte[] value = Arrays.copyOfRange(entries.valueBytes(), from, from + entries.valueLength());
            int ordinal = ordinals[run.requireOrdinal(value)];
            if (ordinal != DROPPED) {
                PackFormat.put32(value, 0, ordinal);
                values.add(value);
            }
            ahead = entries.advance();
        } while (ahead && standsAtKey());
        if (values.size() > 1) {
            values.sort(Arrays::compareUnsigned);
        }
    }

    private boolean standsAtKey() {
        int from = entries.keyOffset();
        return Arrays.equals(entries.keyBytes(), from, from + entries.keyLength(), key, 0, key.length);
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
        return key.length;
    }

    @Override
    public long number() {
        return 0;
    }

    @Override
    public boolean tombstone() {
        return false;
    }

    @Override
    public byte[] valueBytes() {
        return values.get(at);
    }

    @Override
    public int valueOffset() {
        return 0;
    }

    @Override
    public int valueLength() {
        return IndexEntry.VALUE_BYTES;
    }
}
