// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.sets.DataSetFolder;
import io.holdfast.benchmarks.sets.DataSets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command {@code compare}: measures the chosen sets with the chosen tools and prints the report. */
public final class Compare {
    private final Plan plan;
    private final PrintStream out;
    private final PrintStream progress;

    /**
     * What to compare.
     *
     * @param sets names of data sets
     * @param scale 1 for full sets
     * @param runs how often; the bounds are stated for three or more
     * @param ours launcher of Holdfast's command line; empty to run the peers alone
     * @param peers names of peers: restic, borg
     * @param work folder for data sets, repositories and logs
     */
    public record Plan(List<String> sets, double scale, int runs, Optional<Path> ours, List<String> peers, Path work) {
        /** Checks the numbers; the names are checked when they are used. */
        public Plan {
            if (runs < 1) {
                throw new IllegalArgumentException("runs is " + runs + "; give one or more");
            }
            sets = List.copyOf(sets);
            peers = List.copyOf(peers);
        }
    }

    /** The report goes to {@code out}, progress to {@code progress}. */
    public Compare(Plan plan, PrintStream out, PrintStream progress) {
        this.plan = plan;
        this.out = out;
        this.progress = progress;
    }

    /** Returns 0 if all went well and all bounds hold, 1 if something failed or missed, 2 if a tool is missing. */
    public int run() throws IOException {
        List<Tool> tools = tools();
        List<String> missing = missing(tools);
        if (!missing.isEmpty()) {
            progress.println("missing: " + String.join(", ", missing) + "; install, or leave out by --peers or --ours");
            return 2;
        }
        Files.createDirectories(plan.work());
        Path sets = Files.createDirectories(plan.work().resolve("sets-" + plan.scale()));
        Path log = plan.work().resolve("results.tsv");
        Files.deleteIfExists(log);
        Comparison comparison = new Comparison(plan.work(), tools, progress);
        comparison.clean();
        int workers = Runtime.getRuntime().availableProcessors();
        for (String name : plan.sets()) {
            DataSetFolder folder = new DataSetFolder(DataSets.of(name, plan.scale()), sets, workers);
            progress.println("data set " + name + " in " + folder.root());
            comparison.measure(name, folder, plan.runs(), log);
        }
        comparison.clean();
        return report(comparison, tools);
    }

    /** Prints the tables of a file of results that an earlier run has left. */
    public static void print(Path log, PrintStream out) throws IOException {
        List<Result> results = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (!line.equals(Result.HEADER)) {
                results.add(Result.ofLine(line));
            }
        }
        tables(new Report(new Results(results)), out);
    }

    private int report(Comparison comparison, List<Tool> tools) throws IOException {
        out.println(Machine.line());
        for (Tool tool : tools) {
            out.println("- " + version(tool) + ": " + tool.options());
        }
        Report report = new Report(comparison.results());
        tables(report, out);
        for (String failure : comparison.failures()) {
            out.println("FAILED: " + failure);
        }
        return comparison.failures().isEmpty() && report.misses().isEmpty() ? 0 : 1;
    }

    private static void tables(Report report, PrintStream out) {
        out.println();
        out.println(report.ratios());
        out.println(report.figures());
        for (String miss : report.misses()) {
            out.println("MISSED: " + miss);
        }
    }

    private List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        plan.ours().ifPresent(launcher -> tools.add(new HoldfastTool(launcher)));
        for (String peer : plan.peers()) {
            tools.add(
                    switch (peer) {
                        case "restic" -> new ResticTool();
                        case "borg" -> new BorgTool();
                        default ->
                            throw new IllegalArgumentException("no peer \"" + peer + "\"; choose from restic, borg");
                    });
        }
        return tools;
    }

    private static List<String> missing(List<Tool> tools) {
        List<String> missing = new ArrayList<>();
        if (!Files.isExecutable(MeasuredProcess.GNU_TIME)) {
            missing.add("Debian package time");
        }
        for (Tool tool : tools) {
            tool.missing().ifPresent(missing::add);
        }
        return missing;
    }

    private String version(Tool tool) throws IOException {
        String label = "version-" + tool.name();
        Path logs = plan.work().resolve("logs");
        try {
            Command command = new Command(tool.versionCommand(), plan.work(), Map.of());
            new MeasuredProcess(logs, Duration.ofMinutes(1)).run(label, command);
        } catch (IOException e) {
            return tool.name();
        }
        return Files.readAllLines(logs.resolve(label + ".log")).stream()
                .findFirst()
                .orElse(tool.name());
    }
}
