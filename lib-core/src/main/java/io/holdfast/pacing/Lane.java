// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one scope and priority, first come, first served, and its share of what is short: start-time fair queuing (Goyal, Vin and
 * Cheng, 1996), among the lanes of a tenant and among the tenants. Guarded by the lock of its pacer.
 */
final class Lane {
    private final Tenant tenant;
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>(2);
    private double finish;

    Lane(Tenant tenant) {
        this.tenant = tenant;
        tenant.lanes++;
    }

    /** The lane is forgotten; gives the tenant if it was its last one. */
    Optional<Scope> leaveTenant() {
        return --tenant.lanes == 0 ? Optional.of(tenant.scope) : Optional.empty();
    }

    /** What a waiter's turn depends on, fixed when it comes. */
    record Tags(double tenant, double lane, long order) {}

    /** The turn of a request that comes now. */
    Tags tags(double work, double weight, double clock, long order) {
        double tenantTag = Math.max(clock, tenant.finish);
        tenant.finish = tenantTag + work / weight;
        double laneTag = Math.max(tenant.clock, finish);
        finish = laneTag + work;
        return new Tags(tenantTag, laneTag, order);
    }

    boolean add(Waiter waiter) {
        queue.addLast(waiter);
        return queue.size() == 1;
    }

    @Nullable
    Waiter first() {
        return queue.peekFirst();
    }

    void removeFirst() {
        tenant.clock = Math.max(tenant.clock, queue.removeFirst().laneTag);
    }

    void remove(Waiter waiter) {
        queue.remove(waiter);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether forgetting the lane would give it no advantage. */
    boolean isForgettable() {
        return queue.isEmpty() && finish <= tenant.clock;
    }

    /** What the lanes of one tenant share. */
    static final class Tenant {
        private final Scope scope;
        private double clock;
        private double finish;
        private int lanes;

        Tenant(Scope scope) {
            this.scope = scope;
        }
    }
}
