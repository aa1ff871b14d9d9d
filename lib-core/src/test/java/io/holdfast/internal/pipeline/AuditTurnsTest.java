// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AuditTurnsTest {
    @Test
    void givesASmallResourceOneTurnAndALargeOneAtMostOneInEachSession() {
        assertThat(AuditTurns.turns(30, 0)).isEqualTo(1);
        assertThat(AuditTurns.turns(30, 1_000)).isEqualTo(1);
        assertThat(AuditTurns.turns(30, 1_001)).isEqualTo(2);
        assertThat(AuditTurns.turns(30, 2_400)).isEqualTo(4);
        assertThat(AuditTurns.turns(30, 10_000)).isEqualTo(16);
        assertThat(AuditTurns.turns(30, 1_000_000_000_000L)).isEqualTo(30);
        assertThat(AuditTurns.turns(1, 5_000)).isEqualTo(1);
    }

    @Property
    void hasEachTurnOnceInARotation(
            @ForAll @IntRange(min = 1, max = 1_000) int runs,
            @ForAll @LongRange(min = 0, max = 10_000_000) long items) {
        int turns = AuditTurns.turns(runs, items);
        List<Integer> had = new ArrayList<>();

        for (int place = 0; place < runs; place++) {
            AuditTurns.turn(place, turns, runs).ifPresent(had::add);
        }

        assertThat(had).isEqualTo(IntStream.range(0, turns).boxed().toList());
    }
}
