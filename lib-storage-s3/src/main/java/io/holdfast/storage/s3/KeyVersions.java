// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Protection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All versions under one key, as a service lists them.
 *
 * @param versions those with content, newest first
 * @param markers the ids of delete markers
 */
record KeyVersions(List<Version> versions, List<String> markers) {
    KeyVersions {
        versions = List.copyOf(versions);
        markers = List.copyOf(markers);
    }

    /**
     * One version.
     *
     * @param id its id
     * @param length its length in bytes
     * @param modified when it was written
     * @param etag the tag of its content
     */
    record Version(String id, long length, Instant modified, String etag) {
        ObjectStat stat(ObjectName name, boolean conditions, Protection protection) {
            return new ObjectStat(
                    name, length, modified, conditions ? Optional.of(etag) : Optional.empty(), protection);
        }
    }

    /** The object; empty if there is none. */
    Optional<Version> oldest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(oldest(versions));
    }

    /** Whether anything stands over the object. */
    boolean isCovered() {
        return versions.size() > 1 || !markers.isEmpty();
    }

    static Version oldest(List<Version> versions) {
        return versions.get(versions.size() - 1);
    }

    /** The versions that a service ranks behind the given one, newest first. */
    List<Version> olderThan(String id) {
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).id().equals(id)) {
                return versions.subList(i + 1, versions.size());
            }
        }
        // Whoever replaced it meanwhile has deleted it.
        return List.of();
    }
}
