// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

/**
 * How large a repository is.
 *
 * @param objects how many objects it has
 * @param storedBytes how many bytes they have together
 * @param packs how many of them are packs
 * @param blobs how many blobs its index names
 * @param plainBytes how many bytes those blobs have before compression
 * @param indexBytes how many bytes the index runs have
 * @param cacheBytes how many bytes the local cache has
 * @param snapshots how many snapshots it has
 */
public record RepositoryStats(
        long objects,
        long storedBytes,
        long packs,
        long blobs,
        long plainBytes,
        long indexBytes,
        long cacheBytes,
        long snapshots) {}
