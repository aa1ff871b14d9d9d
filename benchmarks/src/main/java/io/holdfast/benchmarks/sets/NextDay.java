// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What happens to a data set over night: items that change, items that go, and how many are new.
 *
 * @param changed indexes of items with new bytes
 * @param gone indexes of items that are deleted
 * @param added how many items are new; their indexes follow the last one of the first day
 */
record NextDay(List<Integer> changed, List<Integer> gone, int added) {
    NextDay {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
        if (added < 0) {
            throw new IllegalArgumentException("added is " + added + "; give zero or more");
        }
    }

    /** 1 % changed, 1 % new, 0.5 % gone, spread over the whole set; at least one of each. */
    static NextDay ordinary(long seed, String label, int items) {
        int changes = Math.max(1, items / 100);
        int removals = Math.max(1, items / 200);
        if (changes + removals > items) {
            throw new IllegalArgumentException(label + " has " + items + " items; give at least two");
        }
        SeededStream stream = SeededStream.of(seed, label + " next day", 0);
        Set<Integer> changed = distinct(stream, items, changes, Set.of());
        Set<Integer> gone = distinct(stream, items, removals, changed);
        return new NextDay(List.copyOf(changed), List.copyOf(gone), changes);
    }

    private static Set<Integer> distinct(SeededStream stream, int items, int count, Set<Integer> taken) {
        Set<Integer> chosen = new TreeSet<>();
        while (chosen.size() < count) {
            int index = stream.below(items);
            if (!taken.contains(index)) {
                chosen.add(index);
            }
        }
        return chosen;
    }
}
