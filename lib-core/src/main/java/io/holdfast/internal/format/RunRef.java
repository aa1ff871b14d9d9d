// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Names a sorted run: an object of its own, or a range at the end of a pack.
 *
 * @param kind the kind that its key derives from, such as {@code manifest}
 * @param object the name of the object that holds it
 * @param offset where in the object it begins
 * @param length how long it is
 * @param sha256 SHA-256 of its stored bytes
 * @param entries how many entries it has, tombstones included
 * @param highestNumber the highest snapshot number of its entries
 * @param firstKey its lowest key
 * @param lastKey its highest key
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode are written out below
public record RunRef(
        String kind,
        String object,
        long offset,
        long length,
        byte[] sha256,
        long entries,
        long highestNumber,
        byte[] firstKey,
        byte[] lastKey) {

    /** Checks the numbers. */
    public RunRef {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(object, "object");
        if (offset < 0 || length < 1 || entries < 0 || sha256.length != 32) {
            throw new IllegalArgumentException("run at " + offset + " of " + length + " bytes with " + entries
                    + " entries and a hash of " + sha256.length + " bytes");
        }
    }

    /**
     * Whether the run is an object of its own.
     *
     * @return false if it stands at the end of a pack
     */
    public boolean standsAlone() {
        return object.startsWith("runs/");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunRef that
                && object.equals(that.object)
                && offset == that.offset
                && length == that.length
                && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return kind + " run " + object + "@" + offset + "+" + length + " "
                + HexFormat.of().formatHex(sha256, 0, 4);
    }
}
