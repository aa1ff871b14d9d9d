// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** A command that works on a configuration. */
@Command(mixinStandardHelpOptions = true)
abstract class Task implements Callable<Integer> {
    @ParentCommand
    private @Nullable BackupCli parent;

    final BackupCli cli() {
        return Objects.requireNonNull(parent);
    }

    final Console console() {
        return cli().console;
    }

    final boolean json() {
        return cli().json;
    }

    @Override
    public final Integer call() throws IOException {
        try (Workspace workspace = new Workspace(cli().configuration(), console(), cli().stores)) {
            return run(workspace);
        }
    }

    /** What shows how far this command is. */
    final Progress progress() {
        return new Progress(console(), cli().quiet);
    }

    /** Watches work on stores, and lets a signal end it. */
    final StoreWatch watch(Workspace workspace, Progress progress) {
        StoreWatch watch = new StoreWatch(progress, workspace.runtime().time());
        cli().interruption.onSignal(watch::stop);
        return watch;
    }

    /** Does the work and gives the exit code. */
    abstract int run(Workspace workspace) throws IOException;

    /** Writes one JSON document and ends its line. */
    final void document(Document document) throws IOException {
        try (JsonOut out = new JsonOut(console().out())) {
            document.write(out);
        }
        console().out().println();
    }

    final void print(String line) {
        console().out().println(line);
    }

    /** What is written as one JSON document. */
    @FunctionalInterface
    interface Document {
        void write(JsonOut out) throws IOException;
    }
}
