// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands under GNU time, each within a time limit, with their output in a log file.
 *
 * <p>One thread at a time.
 */
final class MeasuredProcess {
    /** The Debian package "time" puts it there. */
    static final Path GNU_TIME = Path.of("/usr/bin/time");

    private static final int TAIL = 2_000;

    private final Path logs;
    private final Duration limit;

    MeasuredProcess(Path logs, Duration limit) {
        this.logs = logs;
        this.limit = limit;
    }

    /** Runs the command to its end; an exit code other than zero or the end of the limit is an IOException. */
    Usage run(String label, Command command) throws IOException {
        Files.createDirectories(logs);
        Path log = logs.resolve(label.replace(' ', '-') + ".log");
        Path figures = logs.resolve(label.replace(' ', '-') + ".time");
        List<String> words =
                new ArrayList<>(List.of(GNU_TIME.toString(), "-f", Usage.FORMAT, "-o", figures.toString(), "--"));
        words.addAll(command.words());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(command.folder().toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        await(label, builder.start());
        Usage usage = Usage.ofLines(Files.readAllLines(figures));
        if (usage.exitCode() != 0) {
            throw new IOException(
                    label + ": exit code " + usage.exitCode() + "; log " + log + " ends with: " + tail(log));
        }
        return usage;
    }

    private void await(String label, Process process) throws IOException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(label + ": stopped, it took longer than " + limit.toSeconds() + " s");
    }

    private static String tail(Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        return text.length() <= TAIL ? text : text.substring(text.length() - TAIL);
    }
}
