// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, which can be killed. */
final class Child implements AutoCloseable {
    private static final int MOST_TRIES = 20;

    private final Process process;
    private final Path out;
    private final Path err;
    private final Path store;

    private Child(Process process, Path out, Path err, Path store) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.store = store;
    }

    static Child start(Cli cli, String command) throws IOException {
        return start(cli, List.of(), command);
    }

    /** A child that may read no more than the owners of files let it, even where the tests run as root. */
    static Child startWithoutPrivileges(Cli cli, String command) throws IOException {
        boolean root = Files.getOwner(Path.of("/proc/self")).getName().equals("root");
        return start(
                cli,
                root
                        ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
                        : List.of(),
                command);
    }

    private static Child start(Cli cli, List<String> before, String command) throws IOException {
        Path out = Files.createTempFile(cli.folder(), "child", ".out");
        Path err = Files.createTempFile(cli.folder(), "child", ".err");
        List<String> words = new ArrayList<>(before);
        if (Files.exists(Path.of("/proc/self"))) {
            // A shell that starts the tests in the background lets them ignore this signal, and all that they start.
            words.addAll(List.of("env", "--default-signal=INT"));
        }
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xshare:auto", "-XX:+UseSerialGC", "-Xmx512m"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), BackupCli.class.getName()));
        words.addAll(Arrays.asList(command.split(" ")));
        words.addAll(List.of("--config", cli.path("config.yaml").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(Map.copyOf(cli.environment()));
        return new Child(builder.start(), out, err, cli.path("store"));
    }

    /** Whether it is still alive after a while. */
    boolean livesFor(long millis) throws InterruptedException {
        return !process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** What is done to a child in mid-run. */
    @FunctionalInterface
    interface Act {
        void on(Child child) throws IOException, InterruptedException;
    }

    /**
     * Runs a command on an empty store of repository r, and acts as soon as there is an object whose name begins so. A command that was over by
     * then, as can be on a busy machine, was not met and is run again.
     */
    static Cli.Ended meet(Cli cli, String command, String prefix, Act act) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try (Child child = start(cli, command)) {
                if (child.seesObject(prefix)) {
                    act.on(child);
                }
                Cli.Ended ended = child.await();
                if (ended.code() != 0 || tries == MOST_TRIES) {
                    return ended;
                }
            }
            StoredFiles.delete(cli.path("store"));
            StoredFiles.delete(cli.path("cache"));
        }
    }

    /** Waits until the store has an object whose name begins so; false if the command ended before that was seen. */
    private boolean seesObject(String prefix) throws IOException, InterruptedException {
        while (StoredFiles.below(store, prefix).isEmpty()) {
            if (!livesFor(10)) {
                return false;
            }
        }
        return true;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Kills without waiting, as from within a service that the child is talking to. */
    void killAtOnce() {
        process.destroyForcibly();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    Cli.Ended await() throws IOException, InterruptedException {
        int code = process.waitFor();
        return new Cli.Ended(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
