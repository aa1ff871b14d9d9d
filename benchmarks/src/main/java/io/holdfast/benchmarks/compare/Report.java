// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Two Markdown tables: the ratios with their bounds, and the figures behind them. Immutable. */
final class Report {
    private static final double MB = 1e6;

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    /** One row for each set and step; the median over the runs, its range, the bound and whether it holds. */
    String ratios() {
        StringBuilder table = new StringBuilder("| step |");
        for (Column column : Column.values()) {
            table.append(' ').append(column.title()).append(" |");
        }
        table.append("\n|").append("---|".repeat(1 + Column.values().length)).append('\n');
        for (String set : results.sets()) {
            for (Step step : Step.values()) {
                if (results.of(set, step, HoldfastTool.NAME).isEmpty()) {
                    continue;
                }
                table.append("| ").append(step.label()).append(": ").append(set).append(" |");
                for (Column column : Column.values()) {
                    table.append(' ').append(cell(set, step, column)).append(" |");
                }
                table.append('\n');
            }
        }
        return table.toString();
    }

    /** Medians and ranges of every tool. */
    String figures() {
        StringBuilder table = new StringBuilder("| set | step | tool | runs | wall s | CPU s | RSS MB | stored MB |\n");
        table.append("|---|---|---|---|---|---|---|---|\n");
        for (String set : results.sets()) {
            for (Step step : Step.values()) {
                for (String tool : results.tools()) {
                    List<Result> rows = results.of(set, step, tool);
                    if (!rows.isEmpty()) {
                        table.append(figures(rows)).append('\n');
                    }
                }
            }
        }
        return table.toString();
    }

    /** The bounds that the medians miss, one line each. */
    List<String> misses() {
        List<String> misses = new ArrayList<>();
        for (String set : results.sets()) {
            for (Step step : Step.values()) {
                for (Column column : Column.values()) {
                    String cell = cell(set, step, column);
                    if (cell.endsWith("missed**")) {
                        misses.add(step.label() + ", " + set + ", " + column.title() + ": " + cell);
                    }
                }
            }
        }
        return misses;
    }

    private String cell(String set, Step step, Column column) {
        if (step == Step.UNCHANGED && column == Column.SIZE_RESTIC) {
            return growth(set);
        }
        Optional<Spread> ratio = results.ratio(set, step, HoldfastTool.NAME, column);
        if (ratio.isEmpty()) {
            return "";
        }
        String text = format("%.2f", ratio.get());
        return Bounds.ratio(set, step, column)
                .map(bound -> text + verdict(ratio.get().median(), bound, format("%.2f", bound)))
                .orElse(text);
    }

    private String growth(String set) {
        List<Result> rows = results.of(set, Step.UNCHANGED, HoldfastTool.NAME);
        if (rows.isEmpty()) {
            return "";
        }
        Spread growth = spread(rows, Result::growthBytes);
        // The drive has no promise here.
        boolean promised = Bounds.ratio(set, Step.UNCHANGED, Column.CPU_RESTIC).isPresent();
        String text = "growth " + format("%.0f", growth) + " B";
        return promised ? text + verdict(growth.median(), Bounds.UNCHANGED_GROWTH_BYTES, "4096 B") : text;
    }

    private static String verdict(double value, double bound, String label) {
        return " <= " + label + (value <= bound ? " ok" : " **missed**");
    }

    private static String figures(List<Result> rows) {
        Result any = rows.get(0);
        return "| %s | %s | %s | %d | %s | %s | %s | %s |"
                .formatted(
                        any.set(),
                        any.step().label(),
                        any.tool(),
                        rows.size(),
                        format("%.2f", spread(rows, r -> r.usage().wallSeconds())),
                        format("%.2f", spread(rows, r -> r.usage().cpuSeconds())),
                        format(
                                "%.0f",
                                spread(rows, r -> r.usage().residentBytes() / MB)
                                        .median()),
                        stored(rows));
    }

    private static String stored(List<Result> rows) {
        return switch (rows.get(0).step()) {
            case FIRST -> format("%.1f", spread(rows, r -> r.repositoryBytes() / MB));
            case UNCHANGED, NEXT_DAY -> "+" + format("%.3f", spread(rows, r -> r.growthBytes() / MB));
            case RESTORE, CHECK -> "";
        };
    }

    private static Spread spread(List<Result> rows, ToDoubleFunction<Result> figure) {
        return Spread.of(rows.stream().map(figure::applyAsDouble).toList());
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    private static String format(String pattern, Spread spread) {
        return format(pattern, spread.median()) + " [" + format(pattern, spread.min()) + ".."
                + format(pattern, spread.max()) + "]";
    }
}
