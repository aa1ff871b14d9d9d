// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;

/** What a batch of changes does to the digest and the counts of a manifest; for one thread. */
final class ManifestSums {
    private final EntryCodes codes;
    private ManifestDigest delta = ManifestDigest.empty();
    private long items;
    private long containers;
    private long bytes;

    ManifestSums(EntryCodes codes) {
        this.codes = codes;
    }

    /**
     * What one entry adds to the sums.
     *
     * @param hash its keyed hash
     * @param container whether it is a container
     * @param bytes the sizes of its parts
     */
    @SuppressWarnings("ArrayRecordComponent") // added up, compared by nobody
    record Addend(byte[] hash, boolean container, long bytes) {
        static Addend of(EntryCodes codes, ManifestEntry entry) {
            long bytes = 0;
            for (PartEntry part : entry.parts()) {
                bytes += part.size();
            }
            return new Addend(codes.hash(entry), entry.kind().container(), bytes);
        }
    }

    void minus(byte[] key, byte[] value) {
        Addend gone = Addend.of(codes, EntryCodes.decode(key, value));
        delta = delta.minus(gone.hash);
        count(gone, -1);
    }

    void plus(byte[] key, PendingEntries.Pending change) {
        Addend known = change.addend();
        Addend added = known == null ? Addend.of(codes, EntryCodes.decode(key, change.value())) : known;
        delta = delta.plus(added.hash);
        count(added, 1);
    }

    void plus(ManifestEntry entry) {
        Addend added = Addend.of(codes, entry);
        delta = delta.plus(added.hash);
        count(added, 1);
    }

    private void count(Addend addend, int sign) {
        if (addend.container) {
            containers += sign;
        } else {
            items += sign;
        }
        bytes += sign * addend.bytes;
    }

    ManifestDigest digest(ManifestDigest before) {
        return before.plus(delta.bytes());
    }

    Manifest.Counts counts(Manifest.Counts before) {
        return new Manifest.Counts(before.items() + items, before.containers() + containers, before.bytes() + bytes);
    }
}
