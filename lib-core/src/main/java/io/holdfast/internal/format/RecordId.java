// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names one numbered object by number and content.
 *
 * @param number its number, at least 1
 * @param hash SHA-256 of its stored bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode are written out below
public record RecordId(long number, byte[] hash) {

    /** Checks the number and the length. */
    public RecordId {
        if (number < 1 || hash.length != 32) {
            throw new IllegalArgumentException("record number " + number + " with a hash of " + hash.length + " bytes");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordId that && number == that.number && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** Number and hash as the command line takes them: {@code 4:HEX}. */
    @Override
    public String toString() {
        return number + ":" + HexFormat.of().formatHex(hash);
    }
}
