// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.sets.DataSetFolder;
import io.holdfast.benchmarks.sets.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs tools in turn over data sets: in each run every step is done by each tool before the next step begins, and each
 * run starts with another tool, so that none always follows the same neighbour.
 *
 * <p>Nothing is dropped from the page cache; the tree is read once before each run, and written pages are synced
 * before each step, outside of the measurement. One thread at a time.
 */
final class Comparison {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path work;
    private final List<Tool> tools;
    private final PrintStream progress;
    private final MeasuredProcess process;
    private final List<Result> results = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Comparison(Path work, List<Tool> tools, PrintStream progress) {
        this.work = work;
        this.tools = List.copyOf(tools);
        this.progress = progress;
        this.process = new MeasuredProcess(work.resolve("logs"), LIMIT);
    }

    Results results() {
        return new Results(results);
    }

    /** Steps that failed or restored something else than the source, one line each. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Measures one set; results are appended to {@code log} as they come. */
    void measure(String set, DataSetFolder source, int runs, Path log) throws IOException {
        for (int number = 1; number <= runs; number++) {
            source.toFirstDay();
            Trees.warm(source.root());
            List<Tool> order = new ArrayList<>(tools);
            Collections.rotate(order, 1 - number);
            Run run = new Run(set, number, order, runs().resolve(set + "-" + number), source.root());
            oneRun(run, source, log);
            for (Tool tool : order) {
                FileTree.delete(run.place(tool).repository());
                FileTree.delete(run.place(tool).scratch());
            }
        }
        source.toFirstDay();
    }

    /** Deletes what the runs left; not between them, since ext4 is slow for minutes to create files where many were deleted. */
    void clean() throws IOException {
        FileTree.delete(runs());
    }

    private Path runs() {
        return work.resolve("runs");
    }

    /** One pass of all tools over a set. */
    private record Run(String set, int number, List<Tool> order, Path folder, Path source) {
        Place place(Tool tool) {
            Path own = folder.resolve(tool.name());
            return new Place(source, own.resolve("repository"), own.resolve("scratch"), own.resolve("restored"));
        }

        String label(Tool tool, String step) {
            return set + "-" + number + "-" + tool.name() + "-" + step;
        }
    }

    private void oneRun(Run run, DataSetFolder source, Path log) throws IOException {
        Set<String> failed = new HashSet<>();
        for (Tool tool : run.order()) {
            attempt(failed, tool, () -> prepare(run, tool));
        }
        for (Step step : Step.values()) {
            if (step == Step.NEXT_DAY) {
                source.toNextDay();
                Trees.warm(source.root());
            }
            for (Tool tool : run.order()) {
                if (!failed.contains(tool.name())) {
                    attempt(failed, tool, () -> step(run, tool, step, log));
                }
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private void attempt(Set<String> failed, Tool tool, Action action) {
        try {
            action.run();
        } catch (IOException e) {
            failed.add(tool.name());
            failures.add(String.valueOf(e.getMessage()));
            progress.println("FAILED " + e.getMessage());
        }
    }

    private void prepare(Run run, Tool tool) throws IOException {
        Place place = run.place(tool);
        Files.createDirectories(place.repository());
        Files.createDirectories(place.scratch());
        tool.configure(place);
        for (Command command : tool.preparation(place)) {
            process.run(run.label(tool, "preparation"), command);
        }
    }

    private void step(Run run, Tool tool, Step step, Path log) throws IOException {
        Place place = run.place(tool);
        if (step == Step.RESTORE) {
            Files.createDirectories(place.restored());
        }
        long before = Trees.bytes(place.repository());
        process.run(run.label(tool, "sync"), new Command(List.of("sync"), work, Map.of()));
        Usage usage = process.run(run.label(tool, step.label()), tool.command(step, place));
        long after = Trees.bytes(place.repository());
        Result result = new Result(run.set(), run.number(), step, tool.name(), usage, after, after - before);
        results.add(result);
        append(log, result.line());
        progress.println(result.line());
        if (step == Step.RESTORE) {
            compare(run.label(tool, step.label()), place, tool);
        }
    }

    private static void compare(String label, Place place, Tool tool) throws IOException {
        Optional<String> difference =
                Trees.difference(place.source(), place.restored().resolve(tool.restoredRoot()));
        Trees.empty(place.restored());
        if (difference.isPresent()) {
            throw new IOException(label + ": the restored tree differs: " + difference.get());
        }
    }

    private static void append(Path log, String line) throws IOException {
        if (!Files.exists(log)) {
            Files.writeString(log, Result.HEADER + "\n");
        }
        Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
    }
}
