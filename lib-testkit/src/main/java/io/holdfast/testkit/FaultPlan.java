// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Numbers the calls of a faulty store and decides what goes wrong with each; one per store, for all threads. */
final class FaultPlan {
    private final SeededRandomness randomness;
    private final List<Waiting> script = new ArrayList<>();
    private final Map<Long, Runnable> actions = new HashMap<>();
    private FaultRates rates = FaultRates.NONE;
    private long crashAt = Long.MAX_VALUE;
    private long calls;
    private boolean dead;

    FaultPlan(SeededRandomness randomness) {
        this.randomness = randomness;
    }

    private static final class Waiting {
        private final Fault fault;
        private int toSkip;

        Waiting(Fault fault) {
            this.fault = fault;
            this.toSkip = fault.skip();
        }
    }

    synchronized void add(Fault fault) {
        script.add(new Waiting(fault));
    }

    synchronized void rates(FaultRates given) {
        this.rates = Objects.requireNonNull(given, "rates");
    }

    synchronized void crashAt(long call) {
        this.crashAt = requireAhead(call);
    }

    synchronized void before(long call, Runnable action) {
        actions.put(requireAhead(call), action);
    }

    private long requireAhead(long call) {
        if (call <= calls) {
            throw new IllegalArgumentException("call " + call + " is over; " + calls + " calls were made");
        }
        return call;
    }

    synchronized long calls() {
        return calls;
    }

    synchronized void requireAlive() {
        if (dead) {
            throw new SimulatedCrash(crashAt);
        }
    }

    /** Takes note of a call and says what goes wrong with it. */
    Optional<Fault> next(StoreVerb verb, String name) {
        Optional<Runnable> action = count();
        // Outside of the lock: the action may make other calls to this store, or wait for threads that do.
        action.ifPresent(Runnable::run);
        requireAlive();
        return decide(verb, name);
    }

    private synchronized Optional<Runnable> count() {
        requireAlive();
        calls++;
        if (calls >= crashAt) {
            dead = true;
            throw new SimulatedCrash(crashAt);
        }
        return Optional.ofNullable(actions.remove(calls));
    }

    private synchronized Optional<Fault> decide(StoreVerb verb, String name) {
        Optional<Fault.Kind> chance = rates.draw(verb, randomness);
        for (Iterator<Waiting> waiting = script.iterator(); waiting.hasNext(); ) {
            Waiting each = waiting.next();
            if (each.fault.verb() == verb && name.startsWith(each.fault.prefix()) && each.toSkip-- == 0) {
                waiting.remove();
                return Optional.of(each.fault);
            }
        }
        return chance.map(kind -> new Fault(verb, "", 0, kind, codeOf(kind)));
    }

    private static ErrorCode codeOf(Fault.Kind kind) {
        return kind == Fault.Kind.FAIL_AFTER ? ErrorCode.STORE_OUTCOME_UNKNOWN : ErrorCode.STORE_UNAVAILABLE;
    }

    /** Where in so many bytes the damage is. */
    synchronized long place(long length) {
        return length < 1 ? 0 : randomness.nextLong(length);
    }

    synchronized int bit() {
        return 1 << randomness.nextInt(8);
    }

    synchronized void assertAllFired() {
        List<String> left = new ArrayList<>();
        script.forEach(waiting -> left.add(waiting.fault.toString()));
        actions.keySet().forEach(call -> left.add("the action before call " + call));
        if (crashAt != Long.MAX_VALUE && !dead) {
            left.add("the crash at call " + crashAt);
        }
        if (!left.isEmpty()) {
            throw new AssertionError(calls + " calls were made, and never fired: " + String.join("; ", left));
        }
    }
}
