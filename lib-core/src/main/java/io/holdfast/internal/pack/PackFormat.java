// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The constants of FORMAT.md, Packs. Numbers in packs are big-endian and unsigned. */
final class PackFormat {
    static final int VERSION = 1;
    private static final byte[] MAGIC = {'H', 'F', 'P', 'A', 'C', 'K', 0, VERSION};
    private static final byte[] END_MAGIC = {'H', 'F', 'P', 'E', 'N', 'D', 0, VERSION};
    static final int MAGIC_BYTES = MAGIC.length;

    static final int SALT_BYTES = 32;
    /** Salt, stored length of the directory, magic. */
    static final int FOOTER_BYTES = SALT_BYTES + 4 + MAGIC_BYTES;

    static final int ID_BYTES = 20;
    static final int HASH_BYTES = 32;
    static final int SCOPE_BYTES = 16;

    static final String DIRECTORY_LABEL = "pack-directory";

    /** A stored frame fits into three bytes of an index entry even if nothing of it could be compressed. */
    static final int MAX_BLOB_BYTES = 15 << 20;

    static final int MAX_STORED_FRAME_BYTES = (1 << 24) - 1;
    static final int MAX_FRAME_BLOBS = 1 << 16;
    static final int MAX_DIRECTORY_BYTES = 16 << 20;
    static final int MAX_FRAMES = 1 << 20;
    static final int MAX_ANNEXES = 1 << 12;
    static final long MAX_PACK_BYTES = 1L << 30;

    private PackFormat() {}

    static byte[] magic() {
        return MAGIC.clone();
    }

    static byte[] endMagic() {
        return END_MAGIC.clone();
    }

    static boolean startsWithMagic(byte[] bytes) {
        return bytes.length >= MAGIC_BYTES && Arrays.equals(bytes, 0, MAGIC_BYTES, MAGIC, 0, MAGIC_BYTES);
    }

    static boolean endsWithMagic(byte[] bytes) {
        int at = bytes.length - MAGIC_BYTES;
        return at >= 0 && Arrays.equals(bytes, at, bytes.length, END_MAGIC, 0, MAGIC_BYTES);
    }

    static int i32(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    static long u32(byte[] bytes, int at) {
        return i32(bytes, at) & 0xffff_ffffL;
    }

    static int u24(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
    }

    static void put32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    static void put24(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 16);
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) value;
    }

    static RepositoryException damaged(String object, String what, @Nullable Throwable cause) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "pack '" + object + "' is damaged: " + what,
                "Run verify to learn which items need it, then repair",
                cause);
    }

    static RepositoryException damaged(String object, String what) {
        return damaged(object, what, null);
    }

    static RepositoryException damagedRun(String run, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "index run '" + run + "' is damaged: " + what,
                "Rebuild the index from the packs");
    }

    static RepositoryException limit(String object, String what) {
        return new RepositoryException(
                ErrorCode.FORMAT_LIMIT,
                "pack '" + object + "' is outside the limits of the format: " + what,
                "Run verify; the pack was not written by this version or is damaged");
    }
}
