// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules that are in force. Safe for use by several threads. */
final class Faults {
    private final Randomness randomness;
    private final List<Active> active = new ArrayList<>();
    private int quietFor;

    Faults(Randomness randomness) {
        this.randomness = randomness;
    }

    /** A rule and how often it may strike yet. */
    private static final class Active {
        private final FaultRule rule;
        private long left;

        private Active(FaultRule rule) {
            this.rule = rule;
            this.left = rule.times();
        }
    }

    synchronized void add(FaultRule rule) {
        active.add(new Active(rule));
    }

    synchronized void clear() {
        active.clear();
    }

    /** What a request meets, if anything. */
    synchronized Optional<FaultRule> next(String operation, List<String> path) {
        boolean quiet = quietFor > 0;
        quietFor = Math.max(0, quietFor - 1);
        for (Active each : active) {
            FaultRule rule = each.rule;
            boolean meant = each.left > 0
                    && operation.startsWith(rule.operation())
                    && (rule.about().isEmpty() || path.contains(rule.about().get()));
            // What strikes the same operation each time is an outage and no accident.
            if (meant && (rule.rate() == 1 || !quiet && randomness.unit() < rule.rate())) {
                each.left--;
                quietFor = rule.rate() == 1 ? quietFor : 2;
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
