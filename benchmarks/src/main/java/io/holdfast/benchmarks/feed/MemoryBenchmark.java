// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import io.holdfast.benchmarks.sets.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code memory}: two million items and a stream of 8 GB through the engine in a JVM with a heap of 256 MB, and the
 * heap that the index holds for each blob.
 *
 * <p>The engine runs in a process of its own, so that only its own heap counts. One thread at a time.
 */
public final class MemoryBenchmark {
    private static final int ITEMS = 2_000_000;
    private static final long STREAM_BYTES = 8_000_000_000L;
    /** So few that their index takes next to nothing: what a session holds beside the index. */
    private static final int FEW = 1_000;

    private static final double BYTES_PER_BLOB = 3;

    private final Path work;
    private final int items;
    private final long streamBytes;
    private final String heap;
    private final PrintStream out;

    /** The full load, times {@code scale}, in 256 MB. */
    public MemoryBenchmark(Path work, double scale, PrintStream out) {
        this(work, (int) Math.max(2 * FEW, ITEMS * scale), (long) Math.max(1_000, STREAM_BYTES * scale), "256m", out);
    }

    MemoryBenchmark(Path work, int items, long streamBytes, String heap, PrintStream out) {
        this.work = work;
        this.items = items;
        this.streamBytes = streamBytes;
        this.heap = heap;
        this.out = out;
    }

    /** Returns 0 if the heap sufficed and the index keeps to its bound, else 1. */
    public int run() throws IOException {
        Files.createDirectories(work);
        Figures few = load(FEW, 1_000);
        Figures all = load(items, streamBytes);
        if (few.exitCode != 0 || all.exitCode != 0) {
            out.println("FAILED: " + (few.exitCode != 0 ? few.output : all.output).strip());
            return 1;
        }
        double perBlob = (double) (all.grown() - few.grown()) / (items - FEW);
        boolean holds = perBlob <= BYTES_PER_BLOB;
        out.println("| items | stream MB | heap | seconds | heap per indexed blob | |\n|---|---|---|---|---|---|");
        out.printf(
                Locale.ROOT,
                "| %,d | %,d | -Xmx%s | %.0f | %.2f B <= %.0f B | %s |%n",
                items,
                streamBytes / 1_000_000,
                heap,
                all.seconds,
                perBlob,
                BYTES_PER_BLOB,
                holds ? "ok" : "**missed**");
        return holds ? 0 : 1;
    }

    private Figures load(int count, long stream) throws IOException {
        Path folder = Files.createTempDirectory(work, "memory-");
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(command(folder, count, stream))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Figures(process.waitFor(), output, (System.nanoTime() - start) / 1e9);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the engine ran", e);
        } finally {
            FileTree.delete(folder);
        }
    }

    private List<String> command(Path folder, int count, long stream) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryLoad.class.getName(),
                folder.toString(),
                Integer.toString(count),
                Long.toString(stream));
    }

    /** What a process has printed, and how it ended. */
    private record Figures(int exitCode, String output, double seconds) {
        /** The heap that opening the index and storing one item added. */
        long grown() {
            return figure("after") - figure("before");
        }

        private long figure(String name) {
            for (String word : output.strip().split("\\s+")) {
                if (word.startsWith(name + "=")) {
                    return Long.parseLong(word.substring(name.length() + 1));
                }
            }
            throw new IllegalStateException("no figure '" + name + "' in: " + output);
        }
    }
}
