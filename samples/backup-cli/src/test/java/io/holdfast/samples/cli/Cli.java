// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A folder with a configuration, and the program run on it within this process; immutable. */
record Cli(Path folder, Map<String, String> environment, UnaryOperator<ObjectStore> stores, Interruption interruption) {

    /** What a run left. */
    record Ended(int code, String out, String err) {
        JsonText json() {
            return JsonText.of(out);
        }

        Ended expect(int wanted) {
            assertThat(code).as("exit code; output: %s%n%s", out, err).isEqualTo(wanted);
            return this;
        }
    }

    /** Two sources a and b, and repositories r and r2 that a raw key opens, which costs no time. */
    static Cli in(Path folder) throws IOException {
        Files.write(folder.resolve("key.bin"), Tree.noise(7, 32));
        Files.write(folder.resolve("key2.bin"), Tree.noise(8, 32));
        Cli cli = new Cli(folder, Map.of(), UnaryOperator.identity(), Interruption.none());
        cli.configure("""
                cache_dir: cache
                log_dir: log
                repositories:
                  r: { store: { type: posix, path: store }, key: { type: raw, file: key.bin } }
                  r2: { store: { type: posix, path: store2 }, key: { type: raw, file: key2.bin } }
                  same-key: { store: { type: posix, path: store3 }, key: { type: raw, file: key.bin } }
                  secret: { store: { type: posix, path: store4 }, key: { type: passphrase, value: "${env:PASSPHRASE}" } }
                sources:
                  a: { type: directory, path: a }
                  b: { type: directory, path: b }
                """);
        return cli;
    }

    Cli configure(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), yaml);
        return this;
    }

    Cli with(Map<String, String> variables) {
        return new Cli(folder, variables, stores, interruption);
    }

    Cli on(UnaryOperator<ObjectStore> decorated) {
        return new Cli(folder, environment, decorated, interruption);
    }

    Cli interruptedBy(Interruption other) {
        return new Cli(folder, environment, stores, other);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Tree tree(String name) throws IOException {
        return Tree.at(path(name));
    }

    /** Runs a command whose words are separated by blanks. */
    Ended run(String command, String... more) {
        List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.addAll(List.of("--config", path("config.yaml").toString()));
        args.addAll(List.of(more));
        return exactly(args.toArray(String[]::new));
    }

    /** Runs just this line. */
    Ended exactly(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                false);
        int code = BackupCli.run(args, console, interruption, stores);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Ended backup(String source) {
        return run("backup --json --source " + source + " --repository r");
    }

    Ended restore(String source, Path to, String... more) {
        List<String> words = new ArrayList<>(List.of("--to-directory", to.toString()));
        words.addAll(List.of(more));
        return run("restore --json --repository r --source " + source, words.toArray(String[]::new));
    }
}
