// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import io.holdfast.runtime.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides which request may go when; knows the time only as it is told, and waits for nothing. Guarded by the lock of its pacer.
 *
 * <p>A waiter stands in the queue of the one scope that holds it up longest. When that scope opens, its waiters are looked at in their order;
 * who is held up elsewhere moves over there. Nobody overtakes those who wait at a scope, so no request starves.
 */
final class Admissions {
    private static final long IDLE = Duration.ofMinutes(10).toNanos();
    private static final Duration FIRST_SILENT_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_SILENT_WAIT = Duration.ofMinutes(1);
    private static final double SPREAD = 0.02;

    private final Scopes scopes;
    private final Randomness randomness;
    private final ToDoubleFunction<Scope> weights;
    private final Map<LaneKey, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Scope, Lane.Tenant> tenants = new HashMap<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
    private final List<Waiter> admitted = new ArrayList<>();
    private double clock;
    private long orders;

    Admissions(Scopes scopes, Randomness randomness, ToDoubleFunction<Scope> weights) {
        this.scopes = scopes;
        this.randomness = randomness;
        this.weights = weights;
    }

    private record LaneKey(Scope scope, Priority priority) {}

    /** A scope that may open at a time; outdated if its node says another time. */
    private record Wake(long at, Node node) implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            return Long.compare(at, other.at);
        }
    }

    /** Where and until when a waiter is held up. */
    record Hold(Node node, long until) {}

    Waiter enqueue(Permit permit, Consumer<Admission> taker, long now) {
        PacedRequest request = permit.request();
        forgetIdle(now);
        Scope tenantScope = request.scope().atOrAbove(ScopeLevel.TENANT);
        Lane lane = lanes.computeIfAbsent(
                new LaneKey(request.scope(), request.priority()),
                k -> new Lane(tenants.computeIfAbsent(tenantScope, Lane.Tenant::new)));
        double work =
                Math.max(1, Math.max(request.cost().requests(), request.cost().units()));
        double weight = weights.applyAsDouble(tenantScope);
        Waiter waiter = new Waiter(permit, lane, taker, lane.tags(work, weight, clock, orders++), now);
        if (lane.add(waiter)) {
            consider(lane, now);
        }
        return waiter;
    }

    /** Gives up waiting. */
    void cancel(Waiter waiter, long now) {
        waiter.state = Waiter.State.CANCELLED;
        Node node = waiter.blockedAt;
        if (node != null) {
            node.leave(waiter);
        }
        boolean first = waiter.lane.first() == waiter;
        waiter.lane.remove(waiter);
        if (first) {
            consider(waiter.lane, now);
        }
        if (node != null) {
            open(node, now);
        }
    }

    /** Lets everybody go whose time has come. */
    void drive(long now) {
        for (Wake wake = wakes.peek(); wake != null && wake.at <= now; wake = wakes.peek()) {
            wakes.poll();
            if (wake.node.wakeAt == wake.at) {
                open(wake.node, now);
            }
        }
    }

    /** When somebody may be let go who waits now; {@link Node#NEVER} if that depends on something else than time. */
    long nextChange() {
        for (Wake wake = wakes.peek(); wake != null; wake = wakes.peek()) {
            if (wake.node.wakeAt == wake.at) {
                return wake.at;
            }
            wakes.poll();
        }
        return Node.NEVER;
    }

    /** What holds the first waiter of this one's lane up now. */
    @Nullable
    Hold holdOf(Waiter waiter, long now) {
        Waiter first = waiter.lane.first();
        return first == null ? null : hold(first, null, now);
    }

    List<Waiter> takeAdmitted() {
        if (admitted.isEmpty()) {
            return List.of();
        }
        List<Waiter> taken = List.copyOf(admitted);
        admitted.clear();
        return taken;
    }

    private void consider(Lane lane, long now) {
        for (Waiter first = lane.first(); first != null; first = lane.first()) {
            Hold hold = hold(first, null, now);
            if (hold != null) {
                await(first, hold);
                return;
            }
            admit(first, now);
        }
    }

    private void await(Waiter waiter, Hold hold) {
        hold.node.await(waiter);
        wakeAt(hold.node, hold.until);
    }

    private void wakeAt(Node node, long at) {
        if (at < node.wakeAt) {
            node.wakeAt = at;
            wakes.add(new Wake(at, node));
        }
    }

    /** A scope may have opened: its waiters go in their order, until it is closed again. */
    private void open(Node node, long now) {
        node.wakeAt = Node.NEVER;
        for (Waiter next = node.next(); next != null; next = node.next()) {
            Hold hold = hold(next, node, now);
            if (hold == null) {
                node.admittedFromQueue(next.priority());
                admit(next, now);
                consider(next.lane, now);
            } else {
                await(next, hold);
                if (hold.node == node) {
                    return;
                }
            }
        }
    }

    /** The scope that holds a waiter up longest; null if none does. Scopes where others wait are closed, but for the one whose turn it is. */
    private @Nullable Hold hold(Waiter waiter, @Nullable Node opened, long now) {
        Hold longest = null;
        List<Node> path = scopes.path(waiter.scope(), now);
        for (int i = 0; i < path.size(); i++) {
            Node node = path.get(i);
            long until = node.openAt(waiter, now);
            if (until <= now && node != opened && node.hasWaiting()) {
                until = Math.max(now + 1, node.wakeAt);
            }
            if (until > now && (longest == null || until > longest.until)) {
                longest = new Hold(node, until);
            }
        }
        return longest;
    }

    private void admit(Waiter waiter, long now) {
        waiter.lane.removeFirst();
        waiter.state = Waiter.State.ADMITTED;
        clock = Math.max(clock, waiter.tenantTag);
        List<Node> counted = scopes.path(waiter.scope(), now);
        for (int i = 0; i < counted.size(); i++) {
            counted.get(i).take(waiter.permit, waiter.cost(), now);
        }
        waiter.permit.countAt(counted);
        admitted.add(waiter);
    }

    void released(Permit permit, long now) {
        for (Node node : permit.countedAt()) {
            node.release(permit.request().cost());
            open(node, now);
        }
    }

    void served(Permit permit, Answer.Served answer, long now) {
        for (Node node : permit.countedAt()) {
            if (node.served(permit, permit.request().cost(), answer.actual(), now)) {
                open(node, now);
            }
        }
        answer.feedback().ifPresent(feedback -> heed(permit, feedback, now));
    }

    /** The feedback is of the budget that the request was counted on: the innermost that has a rate. */
    private static void heed(Permit permit, RateFeedback feedback, long now) {
        for (Node node : permit.countedAt()) {
            if (node.hasBuckets()) {
                heed(node, feedback, now);
                return;
            }
        }
    }

    private static void heed(Node node, RateFeedback feedback, long now) {
        if (feedback.load() >= 1 && feedback.reset().isPresent()) {
            node.fence(now + feedback.reset().get().toNanos());
        } else if (feedback.load() >= 0.9) {
            node.warned(now);
        }
    }

    void lost(Permit permit, long now) {
        for (Node node : permit.countedAt()) {
            if (node.lost(permit)) {
                open(node, now);
            }
        }
    }

    /** Gives the time until which the scope stays silent. */
    Hold throttled(Permit permit, Answer.Throttled answer, long now) {
        Scope scope = permit.request().scope().atOrAbove(answer.level());
        Node node = scopes.findOrMake(scope, now);
        long wait = answer.retryAfter().map(Duration::toNanos).orElseGet(() -> silentWait(node));
        long spread = (long) (wait * SPREAD * randomness.unit());
        node.throttled(now + wait + spread, now);
        // Those who waited for this very answer wait for the time now.
        open(node, now);
        // It may have been the probe of a wider scope as well: another one has to try there. Never before the wait is
        // set.
        lost(permit, now);
        return new Hold(node, node.fencedUntil);
    }

    private long silentWait(Node node) {
        int doublings = Math.min(node.silentThrottle() - 1, 10);
        long most = Math.min(LONGEST_SILENT_WAIT.toNanos(), FIRST_SILENT_WAIT.toNanos() << doublings);
        return most / 2 + (long) (most / 2.0 * randomness.unit());
    }

    /** Forgets what nobody has used for long: a few at each request, so that no request pays for all. */
    private void forgetIdle(long now) {
        scopes.forgetIdle(now, IDLE);
        Iterator<Lane> oldest = lanes.values().iterator();
        for (int i = 0; i < 2 && oldest.hasNext(); i++) {
            Lane lane = oldest.next();
            if (lane.isForgettable()) {
                oldest.remove();
                lane.leaveTenant().ifPresent(tenants::remove);
            }
        }
    }
}
