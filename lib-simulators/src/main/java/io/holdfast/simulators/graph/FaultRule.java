// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.Objects;
import java.util.Optional;

/**
 * Which requests meet a fault. Immutable.
 *
 * @param fault the fault
 * @param operation the name of an operation, or how the names of several begin, such as {@code message.}; the ledger shows them, and
 *     {@code identity.token} and {@code batch} are two more
 * @param about an id that the path names, in the form that the request uses; empty for any
 * @param times how many requests it strikes before it is over
 * @param rate how probable it is for each request, 0 to 1; below 1 it never strikes twice within three requests
 * @param afterTheWork whether the request has its effect all the same
 */
public record FaultRule(
        GraphFault fault, String operation, Optional<String> about, long times, double rate, boolean afterTheWork) {

    /** Checks the ranges. */
    public FaultRule {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(about, "about");
        if (times < 1 || !(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("a fault that strikes " + times + " times at a rate of " + rate
                    + "; times are at least 1, rates more than 0 and at most 1");
        }
    }

    /**
     * A fault that strikes each request.
     *
     * @param fault the fault
     * @return the rule
     */
    public static FaultRule of(GraphFault fault) {
        return new FaultRule(fault, "", Optional.empty(), Long.MAX_VALUE, 1, false);
    }

    /**
     * The same for some operations only.
     *
     * @param name the name of one, or how several begin
     * @return another rule
     */
    public FaultRule on(String name) {
        return new FaultRule(fault, name, about, times, rate, afterTheWork);
    }

    /**
     * The same for a user, folder, message or attachment only.
     *
     * @param id the id, or a user's name, as requests write it
     * @return another rule
     */
    public FaultRule about(String id) {
        return new FaultRule(fault, operation, Optional.of(id), times, rate, afterTheWork);
    }

    /**
     * The same for so many requests only.
     *
     * @param number at least 1
     * @return another rule
     */
    public FaultRule times(long number) {
        return new FaultRule(fault, operation, about, number, rate, afterTheWork);
    }

    /**
     * The same by chance.
     *
     * @param probability more than 0, at most 1
     * @return another rule
     */
    public FaultRule rate(double probability) {
        return new FaultRule(fault, operation, about, times, probability, afterTheWork);
    }

    /**
     * The same, but what was asked for is done before: a write has its effect, and whoever asked for it does not know.
     *
     * @return another rule
     */
    public FaultRule afterwards() {
        return new FaultRule(fault, operation, about, times, rate, true);
    }
}
