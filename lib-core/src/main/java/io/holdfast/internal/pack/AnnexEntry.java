// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Objects;

/**
 * One sorted run at the end of a pack, as the pack's directory names it.
 *
 * @param kind the kind of the run, such as {@code manifest-run}; at most 64 letters, digits and hyphens
 * @param start where it begins in the pack
 * @param length how long it is, in bytes
 * @param sha256 SHA-256 of its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // part of a decoded file format; compared by nobody
public record AnnexEntry(String kind, long start, long length, byte[] sha256) {
    private static final int MAX_KIND = 64;

    /** Checks the lengths. */
    public AnnexEntry {
        Objects.requireNonNull(kind, "kind");
        if (kind.isEmpty() || kind.length() > MAX_KIND || !kind.chars().allMatch(AnnexEntry::isKindCharacter)) {
            throw new IllegalArgumentException("kind of an annex is '" + kind + "'; allowed are 1 to 64 of a-z 0-9 -");
        }
        if (start < 0 || length < 1 || length > PackFormat.MAX_PACK_BYTES || sha256.length != PackFormat.HASH_BYTES) {
            throw new IllegalArgumentException(
                    "annex at " + start + " of " + length + " bytes with a hash of " + sha256.length + " bytes");
        }
    }

    private static boolean isKindCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }
}
