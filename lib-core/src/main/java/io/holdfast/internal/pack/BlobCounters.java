// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

/**
 * What a {@link BlobWriter} has done so far.
 *
 * @param bytesIn the bytes that were given to it
 * @param newPlainBytes those of them that were in blobs not known before
 * @param newStoredBytes what these take in sealed frames; packs add their directories
 * @param newBlobs how many blobs were not known before
 * @param knownBlobs how many were known already
 * @param packs how many packs were written
 * @param packBytes how long these are together, annexes included
 */
public record BlobCounters(
        long bytesIn,
        long newPlainBytes,
        long newStoredBytes,
        long newBlobs,
        long knownBlobs,
        long packs,
        long packBytes) {}
