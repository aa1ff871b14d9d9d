// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Overlay;
import io.holdfast.store.Protection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All versions of one blob.
 *
 * @param versions newest first
 */
record BlobVersions(List<Version> versions) {
    BlobVersions {
        versions = versions.stream()
                .sorted(Comparator.comparing(Version::id).reversed())
                .toList();
    }

    /**
     * One version.
     *
     * @param id its id, a time in a form of fixed length, so that ids sort as versions were written; empty for a blob from before versions were kept
     * @param current whether it is what stands under the blob's name
     * @param length its length in bytes
     * @param modified when it was written
     * @param etag the tag of its content
     * @param md5 what its bytes hash to, as its writer said; empty if unknown
     * @param protection how it is protected
     * @param locked whether nobody can lift its retention
     */
    record Version(
            String id,
            boolean current,
            long length,
            Instant modified,
            String etag,
            byte[] md5,
            Protection protection,
            boolean locked) {
        ObjectStat stat(ObjectName name, AzureSettings settings) {
            return new ObjectStat(name, length, modified, settings.version(etag), protection);
        }

        boolean hasBytesOf(Version other) {
            return md5.length > 0 && length == other.length && Arrays.equals(md5, other.md5);
        }
    }

    /** The object; empty if there is none. */
    Optional<Version> oldest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** What lies over the object, but for the same bytes, which a repeated put of an object leaves that is protected. */
    List<Overlay> overlays(ObjectName name) {
        return oldest().stream()
                .flatMap(object ->
                        versions.stream().filter(each -> !each.id().equals(object.id()) && !each.hasBytesOf(object)))
                .map(each -> new Overlay(name, each.id(), false, each.modified()))
                .toList();
    }

    Optional<Version> withId(String id) {
        return versions.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The versions that were written before the given one, newest first. */
    BlobVersions olderThan(Version version) {
        return new BlobVersions(versions.stream()
                .filter(each -> each.id().compareTo(version.id()) < 0)
                .toList());
    }
}
