// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.util.Objects;

/**
 * A request that wants to be sent.
 *
 * @param scope what it counts for; every limit on its path applies
 * @param operation the fixed name of the operation, such as {@code mail.messages.delta}
 * @param cost what it is expected to cost
 * @param priority who goes first
 */
public record PacedRequest(Scope scope, String operation, Cost cost, Priority priority) {

    /** Checks for null. */
    public PacedRequest {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(priority, "priority");
    }
}
