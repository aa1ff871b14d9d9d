// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people whose columns are as wide as what stands in them; for one thread.
 *
 * <p>It holds its rows, and is for what a screen takes; lists of items are printed line by line, with the long column last.
 */
final class Table {
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(Column... columns) {
        this.columns = List.of(columns);
        row(this.columns.stream().map(Column::title).toArray(String[]::new));
    }

    /** Adds a row; control characters are escaped. */
    void row(String... cells) {
        rows.add(List.of(cells).stream().map(Console::oneLine).toList());
    }

    void print(PrintStream out) {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - width(row.get(i)));
                line.append(columns.get(i).right() ? gap + row.get(i) : row.get(i) + gap)
                        .append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * A column.
     *
     * @param title what stands above it
     * @param right whether its cells stand on the right, as numbers do
     */
    record Column(String title, boolean right) {
        static Column left(String title) {
            return new Column(title, false);
        }

        static Column right(String title) {
            return new Column(title, true);
        }
    }
}
