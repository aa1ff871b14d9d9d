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

    @Test
    void makesTheLongestRotationThatIsOverInTimeAndWhoseLengthIsPrime() {
        assertThat(IntStream.of(1, 2, 3, 4, 9, 29, 30, 1_000).map(AuditTurns::rotation))
                .containsExactly(1, 2, 3, 3, 7, 29, 29, 997);
    }

    @Property
    void hasEachTurnOnceInARotation(
            @ForAll @IntRange(min = 1, max = 1_000) int runs,
            @ForAll @LongRange(min = 0, max = 10_000_000) long items) {
        assertThat(turns(runs, items, 1)).isEqualTo(allTurns(runs, items));
    }

    @Property
    void hasEachTurnOnceInARotationOfWhatIsInEachSecondOrThirdSessionOnly(
            @ForAll @IntRange(min = 5, max = 1_000) int runs,
            @ForAll @LongRange(min = 0, max = 10_000_000) long items,
            @ForAll @IntRange(min = 2, max = 4) int every) {
        assertThat(turns(runs, items, every)).hasSameElementsAs(allTurns(runs, items));
    }

    private static List<Integer> turns(int runs, long items, int every) {
        int sessions = AuditTurns.rotation(runs);
        int turns = AuditTurns.turns(sessions, items);
        List<Integer> had = new ArrayList<>();
        for (long session = 0; session < sessions; session++) {
            AuditTurns.turn(session * every % sessions, turns, sessions).ifPresent(had::add);
        }
        return had;
    }

    private static List<Integer> allTurns(int runs, long items) {
        return IntStream.range(0, AuditTurns.turns(AuditTurns.rotation(runs), items))
                .boxed()
                .toList();
    }
}
