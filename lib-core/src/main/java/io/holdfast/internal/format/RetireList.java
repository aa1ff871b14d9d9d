// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.util.List;
import java.util.Map;

/**
 * The body of a retire list: what a prune condemns, and once it is closed, what is gone.
 *
 * @param number its number g, from 1
 * @param packs the packs that go; writers do not use a blob of them
 * @param records the records that go, by lineage; only in a closed list
 * @param counted the newest number of each lineage that the prune's second mark read; only in a closed list. A lineage that is not
 *     named counts as 0
 */
public record RetireList(
        long number, List<PackRef> packs, Map<String, List<RecordId>> records, Map<String, Long> counted) {

    /** Copies lists and maps and checks the number. */
    public RetireList {
        if (number < 1) {
            throw new IllegalArgumentException("retire list number " + number);
        }
        packs = List.copyOf(packs);
        records = Map.copyOf(records);
        counted = Map.copyOf(counted);
    }
}
