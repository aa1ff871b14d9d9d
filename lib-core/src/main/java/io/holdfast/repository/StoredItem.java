// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.ResourceId;
import java.util.List;
import java.util.Objects;

/**
 * One item of a snapshot.
 *
 * @param resource the resource that holds it
 * @param path the names of its containers from the resource's root, its own name last
 * @param entry what the manifest keeps of it
 */
public record StoredItem(ResourceId resource, List<String> path, ManifestEntry entry) {

    /** Copies the list and checks for null. */
    public StoredItem {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(entry, "entry");
        path = List.copyOf(path);
    }
}
