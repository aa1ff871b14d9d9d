// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import java.util.Arrays;
import java.util.Objects;

/** The metadata of an item: in the entry itself if they are short, else stored like a part. */
public sealed interface MetadataEntry {

    /** Metadata of fewer bytes than this stand in the entry. */
    int INLINE_LIMIT = 256;

    /**
     * SHA-256 of the canonical form.
     *
     * @return 32 bytes, not to be changed
     */
    byte[] canonicalHash();

    /**
     * Metadata in the entry itself.
     *
     * @param bytes the metadata as sent
     * @param canonicalHash SHA-256 of their canonical form
     */
    @SuppressWarnings("ArrayRecordComponent") // equals and hashCode are written out below
    record Inline(byte[] bytes, byte[] canonicalHash) implements MetadataEntry {
        /** Checks the hash's length. */
        public Inline {
            Objects.requireNonNull(bytes, "bytes");
            if (canonicalHash.length != 32) {
                throw new IllegalArgumentException("hash of " + canonicalHash.length + " bytes");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Inline that
                    && Arrays.equals(bytes, that.bytes)
                    && Arrays.equals(canonicalHash, that.canonicalHash);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(canonicalHash);
        }
    }

    /**
     * Metadata stored like a part.
     *
     * @param part where they are
     */
    record Stored(PartEntry part) implements MetadataEntry {
        /** Checks for null. */
        public Stored {
            Objects.requireNonNull(part, "part");
        }

        @Override
        public byte[] canonicalHash() {
            return part.canonicalHash();
        }
    }
}
