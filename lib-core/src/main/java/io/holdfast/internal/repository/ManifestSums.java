// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import org.jspecify.annotations.Nullable;

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

    void change(byte[] key, byte @Nullable [] before, byte @Nullable [] after) {
        if (before != null) {
            ManifestEntry entry = EntryCodes.decode(key, before);
            delta = delta.minus(codes.hash(entry));
            count(entry, -1);
        }
        if (after != null) {
            ManifestEntry entry = EntryCodes.decode(key, after);
            delta = delta.plus(codes.hash(entry));
            count(entry, 1);
        }
    }

    private void count(ManifestEntry entry, int sign) {
        if (entry.kind().container()) {
            containers += sign;
        } else {
            items += sign;
        }
        for (PartEntry part : entry.parts()) {
            bytes += sign * part.size();
        }
    }

    ManifestDigest digest(ManifestDigest before) {
        return before.plus(delta.bytes());
    }

    Manifest.Counts counts(Manifest.Counts before) {
        return new Manifest.Counts(before.items() + items, before.containers() + containers, before.bytes() + bytes);
    }
}
