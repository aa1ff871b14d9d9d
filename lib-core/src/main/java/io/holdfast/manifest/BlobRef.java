// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Points at a blob: the stored form of one chunk of content.
 *
 * @param id 20 bytes, the keyed hash of the chunk (FORMAT.md, blobs); shared, not to be changed
 * @param length the chunk's length in bytes, 1 to 16 MiB
 */
@SuppressWarnings("ArrayRecordComponent") // one per chunk on the hot path; equals and hashCode are written out below
public record BlobRef(byte[] id, int length) {

    /** The length of an id in bytes. */
    public static final int ID_BYTES = 20;

    /** Checks the lengths. */
    public BlobRef {
        if (id.length != ID_BYTES || length < 1 || length > 16 << 20) {
            throw new IllegalArgumentException("blob of " + length + " bytes with an id of " + id.length + " bytes");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlobRef that && length == that.length && Arrays.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(id);
    }
}
