// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request on its way to admission; guarded by the lock of its pacer. */
final class Waiter {
    final Permit permit;
    final Lane lane;
    final Consumer<Admission> taker;
    final double tenantTag;
    final double laneTag;
    final long order;
    final long since;

    @Nullable
    Node blockedAt;

    State state = State.WAITING;

    /** What became of a waiter. */
    enum State {
        WAITING,
        ADMITTED,
        CANCELLED
    }

    Waiter(Permit permit, Lane lane, Consumer<Admission> taker, Lane.Tags tags, long since) {
        this.permit = permit;
        this.lane = lane;
        this.taker = taker;
        this.tenantTag = tags.tenant();
        this.laneTag = tags.lane();
        this.order = tags.order();
        this.since = since;
    }

    Cost cost() {
        return permit.request().cost();
    }

    Scope scope() {
        return permit.request().scope();
    }

    Priority priority() {
        return permit.request().priority();
    }
}
