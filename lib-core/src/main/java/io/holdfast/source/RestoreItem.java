// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ResourceId;
import java.util.List;
import java.util.Objects;

/**
 * One item on its way back.
 *
 * @param resource the resource that it was backed up from
 * @param item its state as it was backed up
 * @param path the names of its containers from the root, its own name not included
 * @param tag marks what this restore created: a keyed hash of restore and item, the same in a rerun; 32 hexadecimal digits
 * @param parts its contents, readable as often as needed
 * @param hints what earlier attempts to put it left for later ones
 */
public record RestoreItem(
        ResourceId resource, SourceItem item, List<String> path, String tag, List<Part> parts, ResumeHints hints) {

    /** Copies lists and checks for null. */
    public RestoreItem {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(hints, "hints");
        path = List.copyOf(path);
        parts = List.copyOf(parts);
    }

    /**
     * An item of which nothing was put before.
     *
     * @param resource the resource that it was backed up from
     * @param item its state as it was backed up
     * @param path the names of its containers from the root
     * @param tag marks what this restore created
     * @param parts its contents
     */
    public RestoreItem(ResourceId resource, SourceItem item, List<String> path, String tag, List<Part> parts) {
        this(resource, item, path, tag, parts, ResumeHints.inMemory());
    }
}
