// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.ServiceLedger;
import java.util.List;
import java.util.Map;

/**
 * What the simulator has seen, by the service's own way of counting: each part of a batch is a request, and the batch itself is none.
 *
 * @param totals the sums
 * @param operations how often each operation was asked for, by its name, such as {@code message.get}; refusals included
 * @param mostAtOnce how many requests a mailbox had at the same time, at most; by its owner's id
 * @param resourceUnits what was asked of directory and drives
 * @param violations what a client must not do; at most the first thousand
 */
public record GraphLedger(
        ServiceLedger totals,
        Map<String, Long> operations,
        Map<String, Integer> mostAtOnce,
        long resourceUnits,
        List<GraphViolation> violations) {

    /** Copies the collections. */
    public GraphLedger {
        operations = Map.copyOf(operations);
        mostAtOnce = Map.copyOf(mostAtOnce);
        violations = List.copyOf(violations);
    }

    /**
     * How often an operation was asked for.
     *
     * @param operation its name
     * @return 0 if never
     */
    public long count(String operation) {
        return operations.getOrDefault(operation, 0L);
    }
}
