// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/**
 * One measured step.
 *
 * @param set name of the data set
 * @param run number of the run, from 1
 * @param step what was done
 * @param tool by whom
 * @param usage time and memory
 * @param repositoryBytes size of the repository afterwards
 * @param growthBytes how much of it this step added
 */
record Result(String set, int run, Step step, String tool, Usage usage, long repositoryBytes, long growthBytes) {
    static final String HEADER = "set\trun\tstep\ttool\twall_s\tcpu_s\trss_bytes\trepository_bytes\tgrowth_bytes";

    String line() {
        return String.format(
                Locale.ROOT,
                "%s\t%d\t%s\t%s\t%.2f\t%.2f\t%d\t%d\t%d",
                set,
                run,
                step.label(),
                tool,
                usage.wallSeconds(),
                usage.cpuSeconds(),
                usage.residentBytes(),
                repositoryBytes,
                growthBytes);
    }

    static Result ofLine(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() != 9) {
            throw new IllegalArgumentException("not a line of results: \"" + line + "\"");
        }
        Usage usage = new Usage(
                Double.parseDouble(fields.get(4)), Double.parseDouble(fields.get(5)), Long.parseLong(fields.get(6)), 0);
        return new Result(
                fields.get(0),
                Integer.parseInt(fields.get(1)),
                Step.ofLabel(fields.get(2)),
                fields.get(3),
                usage,
                Long.parseLong(fields.get(7)),
                Long.parseLong(fields.get(8)));
    }
}
