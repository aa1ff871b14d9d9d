// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import java.util.List;

/**
 * What a repair has done; the next session of each source does the rest.
 *
 * @param uncovered how many versions and markers were removed that had been laid over objects
 * @param packs how many damaged or missing packs no session relies on any more
 * @param items how many items the next sessions fetch again
 * @param resources how many resources the next sessions read anew, because their manifests are damaged
 * @param indexBlobs how many blobs an index has that was built anew; 0 if the old one stays
 * @param notes what could not be repaired, and why
 */
public record RepairReport(
        long uncovered, long packs, long items, long resources, long indexBlobs, List<String> notes) {

    /** Copies the list. */
    public RepairReport {
        notes = List.copyOf(notes);
    }
}
