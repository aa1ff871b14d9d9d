// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Holdfast;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.retry.FailureException;
import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.samples.cli.config.Configuration;
import io.holdfast.samples.cli.config.Spelling;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: options that all commands have, and what errors look like. */
@Command(
        name = "backup-cli",
        description = "Backs up sources into encrypted repositories, and brings them back.",
        footer = {
            "",
            "Exit codes: 0 complete, 1 finished but partial (see failures), 2 usage or configuration, 3 source not reachable or",
            "credential refused, 4 repository or store, 5 verification found damage, 130 interrupted: the same command continues."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BackupCli.Version.class,
        subcommands = {
            DiscoverCommand.class,
            BackupCommand.class,
            SnapshotsCommand.class,
            ListCommand.class,
            FailuresCommand.class,
            ResourceCommand.class,
            DiffCommand.class,
            RestoreCommand.class,
            VerifyCommand.class,
            RepairCommand.class,
            CopyCommand.class,
            KeyCommand.class,
            DoctorCommand.class,
            StatsCommand.class,
            DriftCommand.class
        })
final class BackupCli {
    private static final Map<String, String> NOT_THERE =
            Map.of("prune", "pruning", "retention", "retention", "hold", "legal holds", "agent", "the scheduled agent");

    private static final Set<String> REPORTING = Set.of("backup", "restore", "verify", "repair", "copy");

    final Console console;
    final Interruption interruption;
    final UnaryOperator<ObjectStore> stores;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "configuration; else $$BACKUP_CONFIG, else /etc/backup-agent/config.yaml")
    @Nullable
    Path config;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "one JSON document on standard output")
    boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "stack traces of errors")
    boolean verbose;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "no progress on standard error")
    boolean quiet;

    /** Whether the line has the option somewhere, for errors that keep it from being parsed. */
    private boolean jsonWritten;

    private BackupCli(Console console, Interruption interruption, UnaryOperator<ObjectStore> stores) {
        this.console = console;
        this.interruption = interruption;
        this.stores = stores;
    }

    /**
     * Runs the program and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Console console = Console.system();
        Interruption interruption = Interruption.install(() -> interruptedEarly(List.of(args), console));
        int code = run(args, console, interruption);
        interruption.ended(code);
        System.exit(code);
    }

    /** Commands that answer with one report have not begun it before they can be stopped; others may be within a list. */
    private static void interruptedEarly(List<String> args, Console console) {
        if (args.contains("--json") && args.stream().anyMatch(REPORTING::contains)) {
            console.out().println("{\"outcome\":\"stopped\"}");
            console.out().flush();
        }
    }

    /** Runs the program inside of this process. */
    static int run(String[] args, Console console, Interruption interruption) {
        return run(args, console, interruption, UnaryOperator.identity());
    }

    /** The same, each store decorated, which is how it is seen what happens when one fails. */
    static int run(String[] args, Console console, Interruption interruption, UnaryOperator<ObjectStore> stores) {
        BackupCli cli = new BackupCli(console, interruption, stores);
        try {
            cli.jsonWritten = List.of(args).contains("--json");
            if (args.length > 0 && NOT_THERE.containsKey(args[0])) {
                return cli.notThere(args[0]);
            }
            return cli.line(console).execute(args);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private CommandLine line(Console to) {
        CommandLine line = new CommandLine(this)
                .setOut(new PrintWriter(to.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(to.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    CommandLine where = e.getCommandLine();
                    if (where.getParent() == null && e instanceof CommandLine.UnmatchedArgumentException unmatched) {
                        return unknownCommand(unmatched.getUnmatched().get(0), where);
                    }
                    String first =
                            String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                    return error(
                            "USAGE",
                            first.startsWith("Error: ") ? first.substring(7) : first,
                            "See " + where.getCommandSpec().qualifiedName() + " --help",
                            ExitCode.USAGE);
                })
                .setExecutionExceptionHandler((e, where, result) -> failed(e));
        line.setExecutionStrategy(new CommandLine.RunLast());
        return line;
    }

    private int notThere(String command) {
        return error(
                "USAGE",
                "command '" + command + "' is not there yet: this build lacks " + NOT_THERE.get(command),
                "Use a later version",
                ExitCode.USAGE);
    }

    private int unknownCommand(String word, CommandLine line) {
        if (NOT_THERE.containsKey(word)) {
            return notThere(word);
        }
        if (word.startsWith("-")) {
            return error("USAGE", "unknown option '" + word + "'", "See backup-cli --help", ExitCode.USAGE);
        }
        String nearest = Spelling.nearest(word, line.getSubcommands().keySet());
        return error(
                "USAGE",
                "unknown command '" + word + "'",
                "Write '" + nearest + "' if that was meant, or see backup-cli --help",
                ExitCode.USAGE);
    }

    /** The configuration, from the option, the environment or the usual place. */
    Configuration configuration() {
        String fromEnvironment = console.environment().getOrDefault("BACKUP_CONFIG", "");
        Path given = config;
        Path file = given != null
                ? given
                : Path.of(fromEnvironment.isEmpty() ? "/etc/backup-agent/config.yaml" : fromEnvironment);
        return Configuration.read(file, console.environment());
    }

    private int failed(Exception e) {
        if (verbose) {
            StackTraces.print(e, console.err());
        }
        if (e instanceof StoppedException) {
            return error("INTERRUPTED", "stopped by a signal", "Run the same command again", ExitCode.INTERRUPTED);
        }
        if (e instanceof FailureException refused) {
            return error(
                    ErrorCode.SOURCE_REQUEST.id(),
                    String.valueOf(refused.getMessage()),
                    "Check the source with doctor --source, then run the command again",
                    ExitCode.SOURCE);
        }
        if (e instanceof HoldfastException known) {
            return error(known.code().id(), known.getMessage(), known.remedy(), ExitCode.of(known));
        }
        if (e instanceof ConfigException wrong) {
            return error("CONFIG", String.valueOf(wrong.getMessage()), wrong.remedy(), ExitCode.USAGE);
        }
        if (e instanceof IllegalArgumentException wrong) {
            return error("USAGE", String.valueOf(wrong.getMessage()), "Correct the value", ExitCode.USAGE);
        }
        if (e instanceof UncheckedIOException || e.getCause() instanceof IOException) {
            return error("IO", String.valueOf(e.getMessage()), "Check the place that is named", ExitCode.REPOSITORY);
        }
        return error(
                "INTERNAL",
                e.getClass().getSimpleName() + ": " + e.getMessage(),
                "Run again with --verbose and report it",
                ExitCode.REPOSITORY);
    }

    /** One line on standard error, and on standard output the JSON that was asked for. */
    int error(String code, String message, String remedy, int exit) {
        String dot = message.endsWith(".") ? "" : ".";
        console.err().println("backup-cli: " + Console.oneLine(code + ": " + message + dot + " " + remedy + "."));
        if (json || jsonWritten) {
            try (JsonOut out = new JsonOut(console.out())) {
                out.object(() -> out.put("outcome", exit == ExitCode.INTERRUPTED ? "stopped" : "error")
                        .object(
                                "error",
                                () -> out.put("code", code)
                                        .put("message", message)
                                        .put("remedy", remedy)));
            }
            console.out().println();
        }
        return exit;
    }

    /** Tells the version of the library. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"backup-cli " + Holdfast.version()};
        }
    }
}
