// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.time.Duration;
import java.util.Objects;

/**
 * What one check found.
 *
 * @param egress the way out that it went
 * @param target what was checked: a host, or the name of a ping
 * @param layer the layer
 * @param condition how it fared
 * @param detail what was seen, on one line, without content or secrets
 * @param took how long it took
 */
public record Finding(String egress, String target, Layer layer, Condition condition, String detail, Duration took) {

    /** Checks for null. */
    public Finding {
        Objects.requireNonNull(egress, "egress");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(took, "took");
    }

    boolean isBad() {
        return condition == Condition.FAILED || condition == Condition.THROTTLED;
    }

    /** How a check fared. */
    public enum Condition {
        /** As it should. */
        OK,
        /** It failed. */
        FAILED,
        /** It was refused for the number of requests, ours or others'. */
        THROTTLED
    }
}
