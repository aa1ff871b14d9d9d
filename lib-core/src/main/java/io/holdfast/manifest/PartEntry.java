// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One stored part of an item.
 *
 * @param name the part's name, unique in its item
 * @param size the length of the original bytes
 * @param canonicalHash SHA-256 by which contents are compared: of the bytes for a file, of the canonical form otherwise
 * @param rawHash SHA-256 of the original bytes; the same array as the canonical hash where they are equal
 * @param blobs the blobs, in order; those of a split part are its streams one after another
 * @param recipe how the original is put together from the streams of a split part; empty if the blobs are the original
 * @param providerHashDiffers whether the service's own hash did not fit twice over equal bytes
 */
@SuppressWarnings("ArrayRecordComponent") // hashes on the hot path; equals and hashCode are written out below
public record PartEntry(
        String name,
        long size,
        byte[] canonicalHash,
        byte[] rawHash,
        List<BlobRef> blobs,
        Optional<byte[]> recipe,
        boolean providerHashDiffers) {

    /** Checks lengths and copies the list. */
    public PartEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(recipe, "recipe");
        blobs = List.copyOf(blobs);
        if (size < 0 || canonicalHash.length != 32 || rawHash.length != 32) {
            throw new IllegalArgumentException("part '" + name + "' has size " + size + " and hashes of "
                    + canonicalHash.length + " and " + rawHash.length + " bytes");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartEntry that
                && name.equals(that.name)
                && size == that.size
                && Arrays.equals(canonicalHash, that.canonicalHash)
                && Arrays.equals(rawHash, that.rawHash)
                && blobs.equals(that.blobs)
                && Arrays.equals(recipe.orElse(null), that.recipe.orElse(null))
                && providerHashDiffers == that.providerHashDiffers;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, size, Arrays.hashCode(rawHash));
    }
}
