// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.model.ResourceId;
import java.util.Objects;

/**
 * Blobs that may share a frame: those of one kind and one resource. The dedup scope is that of the writer.
 *
 * @param kind what the blobs are
 * @param resource whose they are
 */
public record Lane(FrameKind kind, ResourceId resource) {

    /** Checks for null. */
    public Lane {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(resource, "resource");
    }

    /**
     * The lane of a resource's content.
     *
     * @param resource the resource
     * @return the lane
     */
    public static Lane content(ResourceId resource) {
        return new Lane(FrameKind.CONTENT, resource);
    }

    /**
     * The lane of a resource's metadata.
     *
     * @param resource the resource
     * @return the lane
     */
    public static Lane metadata(ResourceId resource) {
        return new Lane(FrameKind.METADATA, resource);
    }
}
