// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import io.holdfast.runtime.TimeSource;
import io.holdfast.samples.cli.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Adds one line for each trouble to {@code error.log}, where a folder for it is configured; holds no content of items. */
final class ErrorLog implements SessionListener, AutoCloseable {
    private final Writer out;
    private final TimeSource time;
    private final String source;

    private ErrorLog(Writer out, TimeSource time, String source) {
        this.out = out;
        this.time = time;
        this.source = source;
    }

    static ErrorLog open(Optional<Path> folder, TimeSource time, String source) {
        return new ErrorLog(folder.map(ErrorLog::file).orElseGet(Writer::nullWriter), time, source);
    }

    private static Writer file(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.newBufferedWriter(
                    folder.resolve("error.log"),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ConfigException(
                    "log_dir '" + folder + "' cannot be written", "Make it writable, or leave log_dir out");
        }
    }

    @Override
    public synchronized void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.ItemTrouble trouble) {
            line("item " + trouble.resource() + " " + trouble.item() + " " + trouble.cause() + " " + trouble.code());
        } else if (event instanceof SessionEvent.Unannounced found) {
            line("unannounced " + found.resource() + " " + found.item() + " " + found.what());
        } else if (event instanceof SessionEvent.Waiting waiting) {
            line("retry " + waiting.operation() + " " + waiting.reason());
        } else if (event instanceof SessionEvent.ResourceEnded ended && !ended.caughtUp()) {
            line("resource " + ended.resource() + " " + ended.detail().orElse(""));
        }
    }

    private void line(String text) {
        try {
            out.write(time.now() + " " + source + " " + Console.oneLine(text) + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
