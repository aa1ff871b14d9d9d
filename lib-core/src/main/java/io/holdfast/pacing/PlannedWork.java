// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.Objects;

/**
 * Requests that somebody is going to send.
 *
 * @param scope what they count for
 * @param operation the fixed name of the operation
 * @param requests how many, at least 0
 * @param each what each of them costs
 * @param latency how long each of them usually takes
 */
public record PlannedWork(Scope scope, String operation, long requests, Cost each, Duration latency) {

    /** Checks the ranges. */
    public PlannedWork {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(each, "each");
        if (requests < 0 || latency.isNegative()) {
            throw new IllegalArgumentException(
                    requests + " requests of " + latency + " are planned; neither can be negative");
        }
    }
}
