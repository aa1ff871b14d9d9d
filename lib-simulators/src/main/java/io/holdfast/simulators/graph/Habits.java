// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.Set;

/** The habits that are on. Safe for use by several threads. */
final class Habits {
    private volatile Set<FeedHabit> on;

    Habits(Set<FeedHabit> on) {
        this.on = Set.copyOf(on);
    }

    boolean has(FeedHabit habit) {
        return on.contains(habit);
    }

    void set(Set<FeedHabit> others) {
        on = Set.copyOf(others);
    }

    Set<FeedHabit> all() {
        return on;
    }
}
