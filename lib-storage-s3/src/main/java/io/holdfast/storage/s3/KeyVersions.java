// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Overlay;
import io.holdfast.store.Protection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All versions under one key, as a service lists them.
 *
 * @param versions those with content, newest first
 * @param markers delete markers
 */
record KeyVersions(List<Version> versions, List<Marker> markers) {
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

    /**
     * A delete marker.
     *
     * @param id its id
     * @param modified when it was laid there
     * @param newest whether nothing was written over it
     */
    record Marker(String id, Instant modified, boolean newest) {}

    boolean has(String id) {
        return versions.stream().anyMatch(each -> each.id().equals(id))
                || markers.stream().anyMatch(each -> each.id().equals(id));
    }

    /**
     * What lies over the object, but for the same bytes, which the repeated put of an object leaves that is protected. A marker below the object hid
     * nothing when it was written, and is what a create left that died early.
     */
    List<Overlay> overlays(ObjectName name) {
        if (versions.isEmpty()) {
            return List.of();
        }
        Version object = oldest(versions);
        Stream<Overlay> contents = versions.stream()
                .filter(each -> !each.etag().equals(object.etag()) || each.length() != object.length())
                .map(each -> new Overlay(name, each.id(), false, each.modified()));
        Stream<Overlay> deletions = markers.stream()
                .filter(each -> each.newest() || !each.modified().isBefore(object.modified()))
                .map(each -> new Overlay(name, each.id(), true, each.modified()));
        return Stream.concat(contents, deletions).toList();
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
