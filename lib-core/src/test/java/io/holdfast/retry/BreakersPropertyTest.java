// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever order requests, outcomes and waits come in. */
final class BreakersPropertyTest {
    private static final Failure RESET = Failure.of(FailureCategory.PATH_LOSS, "reset");

    private final SteppedTime time = new SteppedTime();
    private final List<BreakerEvent> heard = new ArrayList<>();
    private final Breakers breakers = Breakers.builder(time, SteppedTime.seeded(3))
            .opensAt(3, 6)
            .openFor(Duration.ofSeconds(10), Duration.ofSeconds(40))
            .probes(2)
            .listener(heard::add)
            .build();

    private static Scope scope(int tenant) {
        return Scope.provider("p").within(ScopeLevel.TENANT, "t" + tenant).within(ScopeLevel.POOL, "mail");
    }

    @Property(tries = 500)
    void neverMoreThanOneProbeIsOutAndNothingIsSentWhileOpen(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 5) Integer> steps) {
        ArrayDeque<Breakers.Pass> out = new ArrayDeque<>();
        int probes = 0;
        for (int step : steps) {
            BreakerEvent.State before = stateOf(scope(0));
            if (step < 3) {
                Breakers.Entry entry = breakers.enter(scope(0));
                if (entry instanceof Breakers.Pass pass && before == BreakerEvent.State.CLOSED) {
                    out.add(pass);
                } else if (entry instanceof Breakers.Pass probe) {
                    probes++;
                    assertThat(breakers.enter(scope(0))).isInstanceOf(Breakers.Held.class);
                    outcome(probe, step);
                } else if (before == BreakerEvent.State.OPEN) {
                    assertThat(((Breakers.Held) entry).until()).isAfter(time.now());
                }
            } else if (step == 3) {
                time.pass(Duration.ofSeconds(4));
            } else if (!out.isEmpty()) {
                outcome(out.removeFirst(), step);
            }
        }
        assertThat(probes).isLessThanOrEqualTo(steps.size());
        assertEventsFollowEachOther();
    }

    private static void outcome(Breakers.Pass pass, int step) {
        if (step % 2 == 0) {
            pass.failed(RESET);
        } else {
            pass.succeeded();
        }
    }

    private BreakerEvent.State stateOf(Scope scope) {
        return breakers.tripped().getOrDefault(scope, BreakerEvent.State.CLOSED);
    }

    /** Closed goes to open, open to half open, half open to either. */
    private void assertEventsFollowEachOther() {
        BreakerEvent.State last = BreakerEvent.State.CLOSED;
        for (BreakerEvent event : heard) {
            switch (event.state()) {
                case OPEN -> assertThat(last).isIn(BreakerEvent.State.CLOSED, BreakerEvent.State.HALF_OPEN);
                case HALF_OPEN -> assertThat(last).isEqualTo(BreakerEvent.State.OPEN);
                case CLOSED -> assertThat(last).isEqualTo(BreakerEvent.State.HALF_OPEN);
            }
            last = event.state();
        }
    }

    /** A day in which tenants have outages of their own; each sends once a second while its breaker lets it. */
    @Property(tries = 20)
    void inADayOfOutagesFewRequestsAreSentInVainAndNobodyElseIsHeldUp(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int tenants = 8;
        Map<Integer, long[]> outages = new HashMap<>();
        for (int t = 0; t < tenants / 2; t++) {
            long from = random.nextLong(3600, 40_000);
            outages.put(t, new long[] {from, from + random.nextLong(600, 14_400)});
        }
        int[] inVain = new int[tenants];
        int[] heldUp = new int[tenants];
        long[] resumed = new long[tenants];
        for (long second = 0; second < 60_000; second++) {
            time.pass(Duration.ofSeconds(1));
            for (int t = 0; t < tenants; t++) {
                long[] outage = outages.getOrDefault(t, new long[] {-1, -1});
                boolean down = second >= outage[0] && second < outage[1];
                if (!(breakers.enter(scope(t)) instanceof Breakers.Pass pass)) {
                    heldUp[t]++;
                } else if (down) {
                    inVain[t]++;
                    pass.failed(RESET);
                } else {
                    pass.succeeded();
                    resumed[t] = second >= outage[1] && resumed[t] == 0 ? second : resumed[t];
                }
            }
        }
        for (int t = 0; t < tenants; t++) {
            long length = outages.containsKey(t) ? outages.get(t)[1] - outages.get(t)[0] : 0;
            assertThat(inVain[t]).as("sent in vain by %s", t).isLessThanOrEqualTo((int) (6 + length / 40 + 3));
            if (length == 0) {
                assertThat(heldUp[t]).as("held up of %s", t).isZero();
            } else {
                assertThat(resumed[t] - outages.get(t)[1]).as("late by").isBetween(0L, 52L);
            }
        }
    }
}
