// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A backup program and how it is called. Thread-safe. */
interface Tool {
    String name();

    /** What must be installed before this tool can run; empty if it can. */
    Optional<String> missing();

    /** The command that prints the version of the tool on its first line. */
    List<String> versionCommand();

    /** The options in words, for the report. */
    String options();

    /** Writes configuration files; runs before the clock starts. */
    void configure(Place place) throws IOException;

    /** What has to run once before the first backup, outside of the measurement. */
    List<Command> preparation(Place place);

    Command command(Step step, Place place);

    /** Where below {@link Place#restored} the tree of the source begins. */
    default String restoredRoot() {
        return "";
    }

    /** Whether a program of that name is on the PATH. */
    static boolean installed(String program) {
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
