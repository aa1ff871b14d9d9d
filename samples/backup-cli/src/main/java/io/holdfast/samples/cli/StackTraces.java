// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.io.PrintStream;

/** Prints where an error came from, for those who asked for it. */
final class StackTraces {
    private StackTraces() {}

    static void print(Throwable thrown, PrintStream err) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            err.println((each == thrown ? "" : "caused by ") + each);
            for (StackTraceElement element : each.getStackTrace()) {
                err.println("    at " + element);
            }
        }
    }
}
