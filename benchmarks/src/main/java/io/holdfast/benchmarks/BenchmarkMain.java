// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks;

import io.holdfast.benchmarks.compare.Compare;
import io.holdfast.benchmarks.feed.FeedBenchmark;
import io.holdfast.benchmarks.feed.MemoryBenchmark;
import io.holdfast.benchmarks.feed.RequestBenchmark;
import io.holdfast.benchmarks.link.LinkBenchmark;
import io.holdfast.benchmarks.sets.DataSetFolder;
import io.holdfast.benchmarks.sets.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Entry point of {@code benchmarks/run}. */
public final class BenchmarkMain {
    private static final String USAGE = """
            usage: benchmarks/run [compare] [--set mails,drive,records] [--runs 3] [--peers restic,borg]
                                  [--ours LAUNCHER|none] [--scale 1] [--work DIR]
                   benchmarks/run make   [--set ...] [--scale 1] [--work DIR]    make the data sets only
                   benchmarks/run feed   [--scale 1] [--work DIR]                the engine in process, without files
                   benchmarks/run memory [--scale 1] [--work DIR]                two million items in a heap of 256 MB
                   benchmarks/run link   [--scale 1] [--rate 100] [--work DIR]   a bucket behind a slow path; requests
                   benchmarks/run report RESULTS.TSV                             print the tables of an earlier run
            """;

    private BenchmarkMain() {}

    /** Runs one command; the exit code is 0, 1 (failed or missed a bound) or 2 (usage). */
    public static void main(String[] args) throws IOException {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) throws IOException {
        try {
            String command = args.isEmpty() || args.get(0).startsWith("--") ? "compare" : args.get(0);
            if (command.equals("help") || args.contains("--help")) {
                System.out.print(USAGE);
                return 0;
            }
            List<String> rest = args.isEmpty() || args.get(0).startsWith("--") ? args : args.subList(1, args.size());
            return switch (command) {
                case "compare" -> compare(Arguments.parse(rest));
                case "make" -> make(Arguments.parse(rest));
                case "feed" -> feed(Arguments.parse(rest));
                case "memory" -> memory(Arguments.parse(rest));
                case "link" -> link(Arguments.parse(rest));
                case "report" -> report(rest);
                default -> throw new IllegalArgumentException("no command \"" + command + "\"");
            };
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            return 2;
        }
    }

    private static int compare(Arguments arguments) throws IOException {
        String ours = arguments.value("ours", "samples/backup-cli/backup-cli");
        Compare.Plan plan = new Compare.Plan(
                arguments.list("set", DataSets.NAMES),
                arguments.number("scale", 1),
                (int) arguments.number("runs", 3),
                ours.equals("none") ? Optional.empty() : Optional.of(Path.of(ours)),
                arguments.list("peers", List.of("restic", "borg")),
                work(arguments));
        return new Compare(plan, System.out, System.err).run();
    }

    private static int make(Arguments arguments) throws IOException {
        double scale = arguments.number("scale", 1);
        Path parent = Files.createDirectories(work(arguments).resolve("sets-" + scale));
        for (String name : arguments.list("set", DataSets.NAMES)) {
            DataSetFolder folder = new DataSetFolder(
                    DataSets.of(name, scale), parent, Runtime.getRuntime().availableProcessors());
            folder.toFirstDay();
            System.out.println(folder.root());
        }
        return 0;
    }

    private static int feed(Arguments arguments) throws IOException {
        return new FeedBenchmark(work(arguments), arguments.number("scale", 1), System.out).run();
    }

    private static int memory(Arguments arguments) throws IOException {
        return new MemoryBenchmark(work(arguments), arguments.number("scale", 1), System.out).run();
    }

    private static int link(Arguments arguments) throws IOException {
        double scale = arguments.number("scale", 1);
        boolean throughput = new LinkBenchmark(scale, arguments.number("rate", 100), System.out).run();
        boolean requests = new RequestBenchmark(work(arguments), scale, System.out).run();
        return throughput && requests ? 0 : 1;
    }

    private static int report(List<String> args) throws IOException {
        if (args.size() != 1) {
            throw new IllegalArgumentException("report needs one file of results");
        }
        Compare.print(Path.of(args.get(0)), System.out);
        return 0;
    }

    private static Path work(Arguments arguments) {
        return Path.of(arguments.value("work", "benchmarks/target/work")).toAbsolutePath();
    }
}
