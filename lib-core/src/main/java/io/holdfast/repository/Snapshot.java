// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.SourceId;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A committed state of a source: always a full, which needs no other snapshot.
 *
 * @param source the source
 * @param sequence its number, from 1
 * @param hash SHA-256 of its record, 64 hexadecimal digits; with the number it is the witness of the repository's state
 * @param parent the number of the record that it builds on, if any
 * @param started when its session began
 * @param committed when it was committed
 * @param complete whether everything in scope is stored whole
 * @param items how many items it holds, containers included, as sessions count them
 * @param bytes the sum of their sizes
 * @param digest what the items are, whatever the history
 */
public record Snapshot(
        SourceId source,
        long sequence,
        String hash,
        OptionalLong parent,
        Instant started,
        Instant committed,
        boolean complete,
        long items,
        long bytes,
        ManifestDigest digest) {

    /** Checks for null. */
    public Snapshot {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(committed, "committed");
        Objects.requireNonNull(digest, "digest");
    }

    /**
     * Number and hash in the form that verify takes: {@code 4:HEX}.
     *
     * @return the witness
     */
    public String witness() {
        return sequence + ":" + hash;
    }
}
