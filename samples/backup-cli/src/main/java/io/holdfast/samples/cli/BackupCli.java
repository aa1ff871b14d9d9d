// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Holdfast;
import io.holdfast.error.HoldfastException;
import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.samples.cli.config.Configuration;
import io.holdfast.samples.cli.config.Spelling;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
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
            KeyCommand.class,
            DoctorCommand.class
        })
final class BackupCli {
    private static final Map<String, String> NOT_THERE = Map.of(
            "prune",
            "pruning",
            "retention",
            "retention",
            "hold",
            "legal holds",
            "agent",
            "the scheduled agent",
            "verify",
            "verification",
            "copy",
            "copying",
            "stats",
            "counting");

    final Console console;
    final Interruption interruption;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "configuration; else $BACKUP_CONFIG")
    @Nullable
    Path config;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "one JSON document on standard output")
    boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "stack traces")
    boolean verbose;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "no progress")
    boolean quiet;

    private BackupCli(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    /**
     * Runs the program and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Interruption interruption = Interruption.install();
        int code = run(args, Console.system(), interruption);
        interruption.ended(code);
        System.exit(code);
    }

    /** Runs the program inside of this process. */
    static int run(String[] args, Console console, Interruption interruption) {
        BackupCli cli = new BackupCli(console, interruption);
        try {
            if (args.length > 0 && NOT_THERE.containsKey(args[0])) {
                return cli.error(
                        "USAGE",
                        "command '" + args[0] + "' is not there yet: this build lacks " + NOT_THERE.get(args[0]),
                        "Use a later version",
                        ExitCode.USAGE);
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
                            first,
                            "See " + where.getCommandSpec().qualifiedName() + " --help",
                            ExitCode.USAGE);
                })
                .setExecutionExceptionHandler((e, where, result) -> failed(e));
        line.setExecutionStrategy(new CommandLine.RunLast());
        return line;
    }

    private int unknownCommand(String word, CommandLine line) {
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
        if (json) {
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
