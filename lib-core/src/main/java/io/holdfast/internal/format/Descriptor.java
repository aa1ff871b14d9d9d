// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The body of a descriptor: what a reader must know before it opens anything else of a repository.
 *
 * @param number its number, from 1; the highest holds
 * @param formatVersion the version of the format
 * @param features what a reader must know how to handle; only ever added to
 * @param repositoryId 16 random bytes
 * @param keyFingerprint what tells the repository's key from another
 * @param suite the name of the encryption suite
 * @param commitMode how records are named
 * @param parameters how content is cut and compressed
 * @param previous the hash of the descriptor before it; empty for the first
 * @param created when it was written
 */
@SuppressWarnings("ArrayRecordComponent") // a decoded file format; compared by nobody
public record Descriptor(
        long number,
        int formatVersion,
        List<String> features,
        byte[] repositoryId,
        String keyFingerprint,
        String suite,
        CommitMode commitMode,
        Parameters parameters,
        byte[] previous,
        Instant created) {

    /** The version of the format that this version writes. */
    public static final int FORMAT_VERSION = 1;

    /** The length of a repository's id in bytes. */
    public static final int ID_BYTES = 16;

    /** Checks the lengths and copies. */
    public Descriptor {
        Objects.requireNonNull(keyFingerprint, "keyFingerprint");
        Objects.requireNonNull(suite, "suite");
        Objects.requireNonNull(commitMode, "commitMode");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(created, "created");
        features = List.copyOf(features);
        if (number < 1 || repositoryId.length != ID_BYTES || previous.length != (number == 1 ? 0 : 32)) {
            throw new IllegalArgumentException("descriptor " + number + " with an id of " + repositoryId.length
                    + " bytes and a previous hash of " + previous.length);
        }
    }

    /**
     * The repository's id as text.
     *
     * @return 32 hexadecimal characters
     */
    public String repository() {
        return HexFormat.of().formatHex(repositoryId);
    }

    /** How the records of a lineage are named, and so how two writers are kept apart. */
    public enum CommitMode {
        /** {@code <number>}: the store creates only if absent, so a number is taken once. */
        CONDITIONAL,
        /** {@code <number>-<16 hex>}: two records may have one number, and a rule tells which holds. */
        FORK
    }

    /**
     * How content is cut and compressed.
     *
     * @param minChunk the least length of a chunk of a stream in bytes
     * @param averageChunk the length aimed at, a power of two
     * @param maxChunk the most
     * @param zstdLevel the level of compression, 1 to 6
     */
    public record Parameters(int minChunk, int averageChunk, int maxChunk, int zstdLevel) {
        /** 256 KiB, 1 MiB and 4 MiB, level 3. */
        public static final Parameters DEFAULT = new Parameters(256 << 10, 1 << 20, 4 << 20, 3);

        private static final int LEAST_CHUNK = 64;
        private static final int LARGEST_CHUNK = 8 << 20;

        /** Checks the ranges. */
        public Parameters {
            if (minChunk < LEAST_CHUNK
                    || averageChunk <= minChunk
                    || Integer.bitCount(averageChunk) != 1
                    || maxChunk <= averageChunk
                    || maxChunk > LARGEST_CHUNK) {
                throw new IllegalArgumentException(
                        "chunk lengths are " + minChunk + ", " + averageChunk + ", " + maxChunk + "; they rise from "
                                + LEAST_CHUNK + " to " + LARGEST_CHUNK + ", the second is a power of two");
            }
            if (zstdLevel < 1 || zstdLevel > 6) {
                throw new IllegalArgumentException("zstd level " + zstdLevel + "; allowed are 1 to 6");
            }
        }
    }
}
