// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One line about the machine that measured. */
final class Machine {
    private Machine() {}

    static String line() throws IOException {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + processor() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, JDK " + System.getProperty("java.version");
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }
}
