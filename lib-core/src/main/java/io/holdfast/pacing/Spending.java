// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.Objects;

/**
 * What one operation of one tenant has spent since the pacer was made.
 *
 * @param tenant the scope of the tenant, or the widest scope where there is none
 * @param pool the pool's name; empty if the requests name none
 * @param operation the operation
 * @param spent what the service was asked for in all; slots are requests, not time
 * @param throttled how many requests were refused for their number
 * @param waited how long requests waited for their admission, added up
 */
public record Spending(Scope tenant, String pool, String operation, Cost spent, long throttled, Duration waited) {

    /** Checks for null. */
    public Spending {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(spent, "spent");
        Objects.requireNonNull(waited, "waited");
    }
}
