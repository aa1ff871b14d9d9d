// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.SourceFault;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The whole engine under all kinds of trouble, a hundred seeds in each build.
 *
 * <p>More with {@code -Dholdfast.simulation.seeds=5000}; one of them again with {@code -Dholdfast.simulation.first=SEED
 * -Dholdfast.simulation.seeds=1}.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("holdfast.simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("holdfast.simulation.seeds", 200);
    private static final int ENOUGH_FOR_TROUBLES = 100;
    private static final int ENOUGH_FOR_FAULTS = 1000;

    @Test
    void whateverHappensNothingIsLostAndEverythingComesOutRight() {
        Map<Simulation.Trouble, Integer> met = new EnumMap<>(Simulation.Trouble.class);
        long longReads = 0;
        Set<SourceFault> fired = EnumSet.noneOf(SourceFault.class);
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Simulation simulation = new Simulation(seed);
            replayable(seed, simulation).forEach((trouble, times) -> met.merge(trouble, times, Integer::sum));
            longReads += simulation.longReads();
            for (SourceFault fault : SourceFault.values()) {
                if (simulation.fired(fault) > 0) {
                    fired.add(fault);
                }
            }
        }
        if (SEEDS >= ENOUGH_FOR_TROUBLES) {
            assertThat(met.keySet()).containsExactlyInAnyOrder(Simulation.Trouble.values());
            assertThat(longReads)
                    .as("looks at the memory that long contents need")
                    .isGreaterThan(1000);
        }
        if (SEEDS >= ENOUGH_FOR_FAULTS) {
            assertThat(fired).containsAll(Simulation.CHANCES);
        }
    }

    private static Map<Simulation.Trouble, Integer> replayable(long seed, Simulation simulation) {
        try {
            return simulation.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\nreplay: ./mvnw -q -pl lib-testkit -am test"
                            + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                            + " -Dholdfast.simulation.seeds=1 -Dholdfast.simulation.first=" + seed,
                    e);
        }
    }
}
