// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names a pack.
 *
 * @param id SHA-256 of its stored bytes
 * @param meta whether it holds metadata ({@code meta/}) or content ({@code data/})
 * @param length its stored length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode are written out below
public record PackRef(byte[] id, boolean meta, long length) {

    /** Checks the lengths. */
    public PackRef {
        if (id.length != 32 || length < 0) {
            throw new IllegalArgumentException("pack of " + length + " bytes with an id of " + id.length + " bytes");
        }
    }

    /**
     * The name of the pack's object.
     *
     * @return such as {@code data/3f/3f09…}
     */
    public String objectName() {
        String hex = HexFormat.of().formatHex(id);
        return (meta ? "meta/" : "data/") + hex.substring(0, 2) + "/" + hex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackRef that
                && meta == that.meta
                && length == that.length
                && Arrays.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        return objectName();
    }
}
