// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;

/**
 * One entry of a run, seen in place: the arrays may be buffers that their owner uses again for the next entry.
 *
 * <p>Keys have 1 to 32,768 bytes and are ordered as unsigned bytes; values have at most 15 MiB. Not thread-safe.
 */
public interface EntryView {
    /**
     * The array that holds the key.
     *
     * @return not to be changed, and valid until the owner moves on
     */
    byte[] keyBytes();

    /**
     * Where the key begins.
     *
     * @return the offset in {@link #keyBytes()}
     */
    int keyOffset();

    /**
     * How long the key is.
     *
     * @return 1 to 32,768 bytes
     */
    int keyLength();

    /**
     * The number of the snapshot that made the entry.
     *
     * @return 0 or more
     */
    long number();

    /**
     * Whether the entry says that its key is gone.
     *
     * @return true for a tombstone, whose value is empty
     */
    boolean tombstone();

    /**
     * The array that holds the value.
     *
     * @return not to be changed, and valid until the owner moves on
     */
    byte[] valueBytes();

    /**
     * Where the value begins.
     *
     * @return the offset in {@link #valueBytes()}
     */
    int valueOffset();

    /**
     * How long the value is.
     *
     * @return 0 to 1,048,576 bytes
     */
    int valueLength();

    /**
     * The entry with a key and a value of its own.
     *
     * @return a copy
     */
    default RunEntry copy() {
        return new RunEntry(
                Arrays.copyOfRange(keyBytes(), keyOffset(), keyOffset() + keyLength()),
                number(),
                tombstone(),
                Arrays.copyOfRange(valueBytes(), valueOffset(), valueOffset() + valueLength()));
    }

    /**
     * Compares two keys in the order of runs.
     *
     * @param left one entry
     * @param right another
     * @return negative, zero or positive
     */
    static int compareKeys(EntryView left, EntryView right) {
        return Arrays.compareUnsigned(
                left.keyBytes(),
                left.keyOffset(),
                left.keyOffset() + left.keyLength(),
                right.keyBytes(),
                right.keyOffset(),
                right.keyOffset() + right.keyLength());
    }

    /**
     * Compares two values as unsigned bytes.
     *
     * @param left one entry
     * @param right another
     * @return negative, zero or positive
     */
    static int compareValues(EntryView left, EntryView right) {
        return Arrays.compareUnsigned(
                left.valueBytes(),
                left.valueOffset(),
                left.valueOffset() + left.valueLength(),
                right.valueBytes(),
                right.valueOffset(),
                right.valueOffset() + right.valueLength());
    }
}
