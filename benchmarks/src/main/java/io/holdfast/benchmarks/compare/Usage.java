// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.List;

/**
 * What a process and the children that it waited for have used.
 *
 * @param wallSeconds elapsed time
 * @param cpuSeconds user and system time
 * @param residentBytes largest resident set of one of the processes
 * @param exitCode exit code of the command
 */
record Usage(double wallSeconds, double cpuSeconds, long residentBytes, int exitCode) {
    /** Format for GNU time; the last line of its output is read by {@link #ofLines}. */
    static final String FORMAT = "%e %U %S %M %x";

    /** Reads what GNU time wrote in {@link #FORMAT}; lines before the last are its remarks about the exit. */
    static Usage ofLines(List<String> lines) {
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        String[] fields = last.split(" ", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException("not the output of GNU time: \"" + last + "\"");
        }
        double cpu = Double.parseDouble(fields[1]) + Double.parseDouble(fields[2]);
        return new Usage(
                Double.parseDouble(fields[0]), cpu, 1024 * Long.parseLong(fields[3]), Integer.parseInt(fields[4]));
    }
}
