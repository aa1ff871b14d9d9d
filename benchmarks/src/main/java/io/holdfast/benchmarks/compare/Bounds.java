// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Holdfast has promised: upper bounds of ratios, and of the growth by a backup that finds nothing new. */
final class Bounds {
    /** A backup without a change may write one record, and no more. */
    static final long UNCHANGED_GROWTH_BYTES = 4_096;

    private static final Map<String, List<Double>> RATIOS = Map.ofEntries(
            entry("mails", Step.FIRST, 0.62, 0.60, 0.73, 1.0),
            entry("drive", Step.FIRST, 0.65, 0.60, 1.02, 1.2),
            entry("records", Step.FIRST, 0.38, 0.35, 0.58, 0.40),
            entry("mails", Step.UNCHANGED, 1.3, 1.3),
            entry("records", Step.UNCHANGED, 0.40, 0.40),
            entry("mails", Step.NEXT_DAY, 1.0, 1.0, 0.9),
            entry("records", Step.NEXT_DAY, 0.3, 0.3, 0.27),
            entry("mails", Step.RESTORE, 0.75, 0.75),
            entry("records", Step.RESTORE, 0.70, 0.70),
            entry("mails", Step.CHECK, 0.70, 0.70),
            entry("drive", Step.CHECK, 0.70, 0.70),
            entry("records", Step.CHECK, 0.70, 0.70));

    private Bounds() {}

    /** The bound in that cell of the table, if there is one. */
    static Optional<Double> ratio(String set, Step step, Column column) {
        List<Double> row = RATIOS.getOrDefault(set + step, List.of());
        return column.ordinal() < row.size() ? Optional.of(row.get(column.ordinal())) : Optional.empty();
    }

    // Values in the order of the columns.
    private static Map.Entry<String, List<Double>> entry(String set, Step step, Double... values) {
        return Map.entry(set + step, List.of(values));
    }
}
