// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.History.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class HistoryPropertyTest {

    private static RecordId record(long number, int salt) {
        return new RecordId(
                number, ByteBuffer.allocate(32).putLong(number).putInt(salt).array());
    }

    private static List<History> histories(int size) {
        List<History> all = new ArrayList<>(List.of(History.empty()));
        for (int number = 1; number <= size; number++) {
            all.add(all.get(number - 1).with(record(number, 0)));
        }
        return all;
    }

    @Property(tries = 200)
    void confirmsEveryRecordAndContradictsEveryOtherWhenAllHashesAreKnown(
            @ForAll @IntRange(min = 1, max = 200) int size, @ForAll @LongRange(min = 1, max = 200) long at) {
        History history = histories(size).get(size);
        History.Known known =
                new History.Known(number -> Optional.of(record(number, 0).hash()));
        long number = 1 + at % size;

        assertThat(history.peaks()).hasSize(Integer.bitCount(size));
        assertThat(history.answer(record(number, 0), known)).isEqualTo(Answer.CONFIRMED);
        assertThat(history.answer(record(number, 1), known)).isEqualTo(Answer.CONTRADICTED);
        assertThat(history.answer(record(size + 1, 0), known)).isEqualTo(Answer.CONTRADICTED);
    }

    @Property(tries = 200)
    void neverContradictsTheTruthNorConfirmsALieWhateverSurvives(
            @ForAll @IntRange(min = 2, max = 100) int size, @ForAll long seed) {
        Random random = new Random(seed);
        List<History> histories = histories(size);
        Set<Long> surviving = new TreeSet<>();
        for (long number = 1; number <= size; number++) {
            if (random.nextInt(3) == 0) {
                surviving.add(number);
            }
        }
        History.Known known = new History.Known(number ->
                surviving.contains(number) ? Optional.of(record(number, 0).hash()) : Optional.empty());
        surviving.forEach(number -> known.add(histories.get((int) (number - 1))));
        History newest = histories.get(size);

        for (long number = 1; number <= size; number++) {
            assertThat(newest.answer(record(number, 0), known)).isIn(Answer.CONFIRMED, Answer.UNKNOWN);
            assertThat(newest.answer(record(number, 1), known)).isIn(Answer.CONTRADICTED, Answer.UNKNOWN);
        }
    }

    @Property(tries = 50)
    void numbersThatNobodyBearsAreCommittedToAsSuch(@ForAll @IntRange(min = 1, max = 30) int gap) {
        History before = histories(5).get(5);

        History grown = before.with(record(6 + gap, 0));

        assertThat(grown.size()).isEqualTo(6 + gap);
        assertThat(grown.peaks())
                .isEqualTo(History.of(grown.size(), grown.peaks()).peaks());
        History filled = before;
        for (int number = 6; number <= 6 + gap; number++) {
            filled = filled.with(record(number, 0));
        }
        assertThat(filled.peaks()).usingRecursiveComparison().isNotEqualTo(grown.peaks());
    }
}
