// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the process: where it writes, and the environment.
 *
 * @param out standard output
 * @param err standard error
 * @param environment the variables
 * @param terminal whether standard error is a terminal
 */
record Console(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {

    static Console system() {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // The JDK only knows of standard input and output together; the launcher looks at the right one.
        return new Console(out, err, System.getenv(), Boolean.getBoolean("backup-cli.terminal"));
    }

    /** A time for people: to the second. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A time that may be missing. */
    static String time(Optional<Instant> time) {
        return time.map(Console::time).orElse("-");
    }

    /** A name on one line, whatever characters it has. */
    static String oneLine(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
