// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/**
 * What a {@link RunWriter} has written.
 *
 * @param length the stored length in bytes
 * @param sha256 the SHA-256 of the stored bytes
 * @param entries how many entries, tombstones included
 * @param tombstones how many tombstones
 * @param firstKey the lowest key, empty for an empty run
 * @param lastKey the highest key, empty for an empty run
 * @param highestNumber the highest number of an entry, 0 for an empty run
 */
public record RunSummary(
        long length,
        byte[] sha256,
        long entries,
        long tombstones,
        byte[] firstKey,
        byte[] lastKey,
        long highestNumber) {}
