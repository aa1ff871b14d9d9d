// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final List<Result> results = new ArrayList<>();

    @Test
    void takesTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dividesWithinARunAndTakesTheMedianAfterwards() {
        for (int run = 1; run <= 3; run++) {
            // The machine is twice and three times as slow in the later runs; the ratio is not.
            add("mails", run, Step.FIRST, "holdfast", 5.0 * run, 700);
            add("mails", run, Step.FIRST, "restic", 10.0 * run, 1_000);
        }

        Spread ratio = new Results(results)
                .ratio("mails", Step.FIRST, "holdfast", Column.CPU_RESTIC)
                .orElseThrow();

        assertThat(ratio.median()).isCloseTo(0.5, within(1e-9));
        assertThat(ratio.max() - ratio.min()).isCloseTo(0, within(1e-9));
    }

    @Test
    void saysWhichBoundsHoldAndWhichAreMissed() {
        add("mails", 1, Step.FIRST, "holdfast", 5.0, 740);
        add("mails", 1, Step.FIRST, "restic", 10.0, 1_000);
        add("mails", 1, Step.FIRST, "borg", 6.0, 900);

        Report report = new Report(new Results(results));

        assertThat(report.ratios()).isEqualTo("""
                        | step | CPU / restic | wall / restic | size / restic | CPU / borg |
                        |---|---|---|---|---|
                        | first: mails | 0.50 [0.50..0.50] <= 0.62 ok | 0.50 [0.50..0.50] <= 0.60 ok \
                        | 0.74 [0.74..0.74] <= 0.73 **missed** | 0.83 [0.83..0.83] <= 1.00 ok |
                        """);
        assertThat(report.misses()).singleElement().asString().contains("size / restic");
    }

    @Test
    void holdsTheGrowthOfAnUnchangedBackupAgainstBytes() {
        results.add(new Result("records", 1, Step.UNCHANGED, "holdfast", usage(1), 10_000, 4_097));

        Report report = new Report(new Results(results));

        assertThat(report.ratios()).contains("growth 4097 [4097..4097] B <= 4096 B **missed**");
        assertThat(report.misses()).hasSize(1);
    }

    @Test
    void showsThePeersAloneWithoutRatios() {
        add("drive", 1, Step.FIRST, "restic", 10.0, 2_000_000);

        Report report = new Report(new Results(results));

        assertThat(report.figures()).contains("| drive | first | restic | 1 | 10.00 [10.00..10.00]");
        assertThat(report.misses()).isEmpty();
    }

    @Test
    void readsBackWhatItWroteDown() {
        Result result = new Result("mails", 2, Step.NEXT_DAY, "borg", usage(1.25), 123, -4);

        assertThat(Result.ofLine(result.line())).isEqualTo(result);
    }

    private void add(String set, int run, Step step, String tool, double seconds, long bytes) {
        results.add(new Result(set, run, step, tool, usage(seconds), bytes, bytes));
    }

    private static Usage usage(double seconds) {
        return new Usage(seconds, seconds, 1_000_000, 0);
    }
}
