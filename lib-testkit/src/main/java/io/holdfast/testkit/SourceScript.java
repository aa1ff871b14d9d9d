// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what goes wrong with a scripted source and counts it; one per source, for all threads. */
final class SourceScript {
    private final SeededRandomness randomness;
    private final List<Order> orders = new ArrayList<>();
    private final Map<SourceFault, Double> rates = new EnumMap<>(SourceFault.class);
    private final Map<SourceFault, Long> fired = new EnumMap<>(SourceFault.class);
    private final Map<Long, Runnable> actions = new HashMap<>();
    private long calls;

    SourceScript(SeededRandomness randomness) {
        this.randomness = randomness;
    }

    /** A fault that was ordered for a subject. */
    private static final class Order {
        private final SourceFault fault;
        private final String subject;
        private final boolean stays;
        private boolean used;

        Order(SourceFault fault, String subject, boolean stays) {
            this.fault = fault;
            this.subject = subject;
            this.stays = stays;
        }
    }

    synchronized void order(SourceFault fault, String subject, boolean stays) {
        orders.add(new Order(fault, subject, stays));
    }

    synchronized void rate(SourceFault fault, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("probability " + rate + " of " + fault + " is not between 0 and 1");
        }
        rates.put(fault, rate);
    }

    /** Ends all that stays or comes by chance, and calls off actions. */
    synchronized void heal() {
        rates.clear();
        actions.clear();
        orders.removeIf(order -> order.stays && order.used);
        List<String> left = unused(true);
        if (!left.isEmpty()) {
            throw new AssertionError("healed before they ever fired: " + String.join("; ", left));
        }
    }

    synchronized void before(long call, Runnable action) {
        if (call <= calls) {
            throw new IllegalArgumentException("call " + call + " is over; " + calls + " calls were made");
        }
        actions.put(call, action);
    }

    synchronized long calls() {
        return calls;
    }

    /** Takes note of a call. */
    void call() {
        Optional<Runnable> action;
        synchronized (this) {
            calls++;
            action = Optional.ofNullable(actions.remove(calls));
        }
        // Outside of the lock: the action changes the tenant, or runs a session of its own.
        action.ifPresent(Runnable::run);
    }

    /** Says whether a fault happens to a subject now. */
    synchronized boolean strikes(SourceFault fault, String subject) {
        // Drawn in any case, so that one more order does not shift all later faults of a seed.
        double rate = rates.getOrDefault(fault, 0.0);
        boolean chance = rate > 0 && randomness.happens(rate);
        boolean ordered = false;
        for (Iterator<Order> each = orders.iterator(); each.hasNext() && !ordered; ) {
            Order order = each.next();
            if (order.fault == fault && (order.subject.isEmpty() || order.subject.equals(subject))) {
                ordered = true;
                order.used = true;
                if (!order.stays) {
                    each.remove();
                }
            }
        }
        if (chance || ordered) {
            fired.merge(fault, 1L, Long::sum);
        }
        return chance || ordered;
    }

    synchronized int draw(int bound) {
        return randomness.nextInt(Math.max(1, bound));
    }

    synchronized long fired(SourceFault fault) {
        return fired.getOrDefault(fault, 0L);
    }

    synchronized void assertAllFired() {
        List<String> left = unused(false);
        actions.keySet().forEach(call -> left.add("the action before call " + call));
        if (!left.isEmpty()) {
            throw new AssertionError(calls + " calls were made, and never fired: " + String.join("; ", left));
        }
    }

    private List<String> unused(boolean onlyStaying) {
        List<String> left = new ArrayList<>();
        for (Order order : orders) {
            if (!order.used && (order.stays || !onlyStaying)) {
                left.add(order.fault + " of '" + order.subject + "'");
            }
        }
        return left;
    }
}
