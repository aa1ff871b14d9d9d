// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.RetireList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The retire lists at one moment, and what follows from them for readers and writers. Immutable.
 *
 * @param open lists that are not closed, by number
 * @param closed closed lists, by number
 * @param closing the numbers of lists that are being closed
 */
record RetireView(SortedMap<Long, RetireList> open, SortedMap<Long, RetireList> closed, Set<Long> closing) {

    static RetireView empty() {
        return new RetireView(new TreeMap<>(), new TreeMap<>(), Set.of());
    }

    /** The highest number of any list, 0 if there is none. */
    long newest() {
        long newest = 0;
        for (Set<Long> numbers : List.of(open.keySet(), closed.keySet(), closing)) {
            for (long number : numbers) {
                newest = Math.max(newest, number);
            }
        }
        return newest;
    }

    Set<PackRef> listedPacks() {
        Set<PackRef> packs = closedPacks();
        open.values().forEach(list -> packs.addAll(list.packs()));
        return packs;
    }

    Set<PackRef> closedPacks() {
        Set<PackRef> packs = new HashSet<>();
        closed.values().forEach(list -> packs.addAll(list.packs()));
        return packs;
    }

    /** The highest number of a lineage that a closed list counted: numbers above it were not deleted by any. */
    long counted(String lineage) {
        long counted = 0;
        for (RetireList list : closed.values()) {
            counted = Math.max(counted, list.counted().getOrDefault(lineage, 0L));
        }
        return counted;
    }

    boolean isDeleted(String lineage, long number) {
        return closed.values().stream()
                .flatMap(list -> list.records().getOrDefault(lineage, List.of()).stream())
                .anyMatch(record -> record.number() == number);
    }

    /** The hashes of deleted records, which help to prove older ones. */
    Map<Long, RecordId> deleted(String lineage) {
        Map<Long, RecordId> deleted = new TreeMap<>();
        closed.values()
                .forEach(list -> list.records()
                        .getOrDefault(lineage, List.of())
                        .forEach(record -> deleted.put(record.number(), record)));
        return deleted;
    }

    /** Whether nobody may read a record or build on it. */
    boolean isVoid(String lineage, long number, long seen) {
        return isDeleted(lineage, number) || isUncounted(lineage, number, seen);
    }

    private boolean isUncounted(String lineage, long number, long seen) {
        return closed.tailMap(seen + 1).values().stream()
                .anyMatch(list -> number > list.counted().getOrDefault(lineage, 0L));
    }

    /** Whether a closed list came after what a progress record had seen: no list says whether its mark read that record. */
    boolean isStaleProgress(long seen) {
        return !closed.tailMap(seen + 1).isEmpty();
    }

    /** Whether a list above a number is being closed and not yet closed. */
    boolean isClosingAbove(long seen) {
        return closing.stream().anyMatch(number -> number > seen && !closed.containsKey(number));
    }
}
