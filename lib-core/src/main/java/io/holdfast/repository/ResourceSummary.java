// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import io.holdfast.model.ResourceId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a snapshot holds of one resource.
 *
 * @param id the resource
 * @param workload what it is
 * @param displayName its name for people
 * @param owner whom it belongs to
 * @param items how many items it holds, containers included
 * @param containers how many of them are containers
 * @param bytes the sum of their sizes
 * @param lastCompleted when it was caught up last, if ever
 * @param departedSince since when the source no longer names it, if so
 */
public record ResourceSummary(
        ResourceId id,
        String workload,
        String displayName,
        String owner,
        long items,
        long containers,
        long bytes,
        Optional<Instant> lastCompleted,
        Optional<Instant> departedSince) {

    /** Checks for null. */
    public ResourceSummary {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(lastCompleted, "lastCompleted");
        Objects.requireNonNull(departedSince, "departedSince");
    }
}
