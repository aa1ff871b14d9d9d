// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.run.RunCursor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes that no run holds yet, by key, the last one of each; not thread-safe.
 *
 * <p>A value of no bytes is a tombstone. Beside a value may stand what it adds to the sums of a manifest, so that it need not be decoded again.
 */
final class PendingEntries {
    static final byte[] TOMBSTONE = new byte[0];
    /** What a map entry with its two arrays costs beside their contents. */
    private static final int OVERHEAD_BYTES = 220;

    private final TreeMap<byte[], Pending> entries = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;

    /**
     * One change.
     *
     * @param value the value; empty for a tombstone
     * @param addend what it adds to the sums, if known
     */
    @SuppressWarnings("ArrayRecordComponent") // held in a map, compared by nobody
    record Pending(byte[] value, ManifestSums.@Nullable Addend addend) {}

    void put(byte[] key, byte[] value) {
        put(key, new Pending(value, null));
    }

    void put(byte[] key, Pending change) {
        Pending before = entries.put(key, change);
        bytes += before == null
                ? OVERHEAD_BYTES + key.length + change.value.length
                : change.value.length - before.value.length;
    }

    /** The value, {@link #TOMBSTONE}, or null if nothing is pending. */
    byte @Nullable [] get(byte[] key) {
        Pending change = entries.get(key);
        return change == null ? null : change.value;
    }

    /** Takes in what an earlier batch says of keys that nothing newer was said of. */
    void putOlder(PendingEntries older) {
        older.entries.forEach((key, change) -> {
            if (!entries.containsKey(key)) {
                put(key, change);
            }
        });
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    long heapBytes() {
        return bytes;
    }

    Map<byte[], Pending> byKey() {
        return entries;
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    PendingEntries copy() {
        PendingEntries copy = new PendingEntries();
        copy.entries.putAll(entries);
        copy.bytes = bytes;
        return copy;
    }

    /** Walks the entries as if they were a run; they must not change meanwhile. */
    RunCursor cursor() {
        return new Cursor(entries.entrySet().iterator());
    }

    /** The same from a key on. */
    RunCursor cursorFrom(byte[] key) {
        return new Cursor(entries.tailMap(key, true).entrySet().iterator());
    }

    private static final class Cursor implements RunCursor {
        private final Iterator<Map.Entry<byte[], Pending>> iterator;
        private byte[] key = TOMBSTONE;
        private byte[] value = TOMBSTONE;

        Cursor(Iterator<Map.Entry<byte[], Pending>> iterator) {
            this.iterator = iterator;
        }

        @Override
        public boolean advance() {
            if (!iterator.hasNext()) {
                return false;
            }
            Map.Entry<byte[], Pending> next = iterator.next();
            key = next.getKey();
            value = next.getValue().value;
            return true;
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
            return value.length == 0;
        }

        @Override
        public byte[] valueBytes() {
            return value;
        }

        @Override
        public int valueOffset() {
            return 0;
        }

        @Override
        public int valueLength() {
            return value.length;
        }
    }
}
