// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;

/** The fixed layout of an entry of an index run (FORMAT.md, Index): key = blob id; value = where the blob lies. */
final class IndexEntry {
    static final int VALUE_BYTES = 4 + 4 + 3 + 3 + 3;
    static final int BYTES = PackFormat.ID_BYTES + VALUE_BYTES;

    private IndexEntry() {}

    static void putValue(byte[] out, int at, int pack, long frameStart, int frameStoredLength) {
        PackFormat.put32(out, at, pack);
        PackFormat.put32(out, at + 4, (int) frameStart);
        PackFormat.put24(out, at + 8, frameStoredLength);
    }

    static void putBlob(byte[] out, int at, int offset, int length) {
        PackFormat.put24(out, at + 11, offset);
        PackFormat.put24(out, at + 14, length);
    }

    static int pack(byte[] value, int at) {
        return PackFormat.i32(value, at);
    }

    static BlobLocation location(byte[] value, int at, PackRef pack) {
        return new BlobLocation(
                pack,
                PackFormat.u32(value, at + 4),
                PackFormat.u24(value, at + 8),
                PackFormat.u24(value, at + 11),
                PackFormat.u24(value, at + 14));
    }
}
