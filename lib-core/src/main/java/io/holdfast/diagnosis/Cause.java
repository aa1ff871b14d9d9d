// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.util.Objects;

/**
 * One thing that is wrong; there may be several at once.
 *
 * @param layer where
 * @param egress on which way out; empty if it is the same on all
 * @param target with what
 * @param fault what is wrong, on one line
 * @param remedy what to do, in the imperative
 */
public record Cause(Layer layer, String egress, String target, String fault, String remedy) {

    /** Checks for null. */
    public Cause {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(egress, "egress");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(remedy, "remedy");
    }

    @Override
    public String toString() {
        String way = egress.isEmpty() ? "" : " by way of " + egress;
        return layer + " of " + target + way + ": " + fault + ". " + remedy;
    }
}
