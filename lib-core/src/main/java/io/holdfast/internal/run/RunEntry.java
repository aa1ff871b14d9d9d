// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One entry with arrays of its own, compared by content.
 *
 * @param key 1 to 32,768 bytes; not copied
 * @param number the number of the snapshot that made the entry, 0 or more
 * @param tombstone whether the key is gone
 * @param value at most 15 MiB, empty for a tombstone; not copied
 */
public record RunEntry(byte[] key, long number, boolean tombstone, byte[] value) implements EntryView {
    /** Checks the limits of the format. */
    public RunEntry {
        if (key.length == 0 || key.length > RunFormat.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key must have 1 to " + RunFormat.MAX_KEY_BYTES + " bytes; got " + key.length);
        }
        if (value.length > RunFormat.MAX_VALUE_BYTES || (tombstone && value.length > 0)) {
            throw new IllegalArgumentException("value must have at most " + RunFormat.MAX_VALUE_BYTES
                    + " bytes, none for a tombstone; got " + value.length);
        }
        if (number < 0) {
            throw new IllegalArgumentException("number must not be negative; got " + number);
        }
    }

    /**
     * An entry that holds a value.
     *
     * @param key the key
     * @param number the snapshot's number
     * @param value the value
     * @return the entry
     */
    public static RunEntry of(byte[] key, long number, byte[] value) {
        return new RunEntry(key, number, false, value);
    }

    /**
     * An entry that says that its key is gone.
     *
     * @param key the key
     * @param number the snapshot's number
     * @return the tombstone
     */
    public static RunEntry removal(byte[] key, long number) {
        return new RunEntry(key, number, true, new byte[0]);
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

    @Override
    public boolean equals(Object other) {
        return other instanceof RunEntry that
                && Arrays.equals(key, that.key)
                && number == that.number
                && tombstone == that.tombstone
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(key), number, tombstone, Arrays.hashCode(value));
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(key) + "@" + number + (tombstone ? " gone" : " " + value.length + " bytes");
    }
}
