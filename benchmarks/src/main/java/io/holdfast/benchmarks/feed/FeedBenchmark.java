// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import com.sun.management.OperatingSystemMXBean;
import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.benchmarks.sets.FileTree;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.storage.posix.PosixObjectStore;
import io.holdfast.store.CountingObjectStore;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCounts;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code feed}: how many new items the engine stores per CPU second, and what a session costs that finds a
 * million items unchanged. The store is a folder; the items lie in memory.
 *
 * <p>CPU time is that of the whole process, compilation and collection of garbage included. One thread at a time.
 */
public final class FeedBenchmark {
    private static final int WARM_UPS = 4;
    private static final int ROUNDS = 5;
    private static final int UNCHANGED_SESSIONS = 7;
    private static final double UNCHANGED_MILLIS = 50;
    private static final long UNCHANGED_READS = 3;
    private static final long UNCHANGED_WRITES = 1;

    private final Path work;
    private final double scale;
    private final PrintStream out;
    private boolean missed;

    /** Repositories go below {@code work} and are deleted; {@code scale} 1 stands for the full number of items. */
    public FeedBenchmark(Path work, double scale, PrintStream out) {
        this.work = work;
        this.scale = scale;
        this.out = out;
    }

    /** Returns 0 if all bounds hold, else 1. */
    public int run() throws IOException {
        Files.createDirectories(work);
        out.println(
                "| new items | items per CPU s | MB per CPU s | stored / plain | bound | |\n|---|---|---|---|---|---|");
        throughput(Load.records(2_048, scaled(100_000)), 80_000);
        throughput(Load.records(12_288, scaled(40_000)), 13_000);
        // A MB is 10^6 bytes, an item here 2^20.
        throughput(Load.mails(scaled(400)), 150e6 / (1 << 20));
        out.println("\n| no change | wall ms | reads | writes | |\n|---|---|---|---|---|");
        unchanged(scaled(1_000_000));
        return missed ? 1 : 0;
    }

    private int scaled(int items) {
        return (int) Math.max(10, items * scale);
    }

    private void throughput(Load load, double bound) throws IOException {
        List<Double> rates = new ArrayList<>();
        double stored = 1;
        for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
            Path folder = fresh();
            try (HoldfastRuntime runtime = Holdfast.runtime().build();
                    PosixObjectStore store = PosixObjectStore.createAt(folder.resolve("store"));
                    Repository repository = create(store, folder.resolve("cache"), runtime)) {
                long before = cpuNanos();
                BackupReport report = session(repository, runtime, load.items());
                long nanos = cpuNanos() - before;
                require(report.items().stored() == load.items().count(), "stored " + report.items());
                stored = (double) report.bytes().newStored() / report.bytes().newPlain();
                if (round >= WARM_UPS) {
                    rates.add(load.items().count() / (nanos / 1e9));
                }
            }
            FileTree.delete(folder);
        }
        double median = median(rates);
        missed |= median < bound;
        out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | >= %.0f items | %s |%n",
                load.name(),
                median,
                median * load.bytes() / 1e6,
                stored,
                bound,
                median >= bound ? "ok" : "**missed**");
    }

    private void unchanged(int count) throws IOException {
        Path folder = fresh();
        FeedItems items = new NumberedItems(count);
        List<Double> millis = new ArrayList<>();
        StoreCounts last = StoreCounts.ZERO;
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                CountingObjectStore store =
                        new CountingObjectStore(PosixObjectStore.createAt(folder.resolve("store")));
                Repository repository = create(store, folder.resolve("cache"), runtime)) {
            BackupReport first = session(repository, runtime, items);
            require(first.items().stored() == count, "stored " + first.items());
            for (int n = 0; n < UNCHANGED_SESSIONS; n++) {
                StoreCounts before = store.counts();
                long start = runtime.time().nanos();
                BackupReport report = session(repository, runtime, items);
                double took = (runtime.time().nanos() - start) / 1e6;
                last = store.counts().minus(before);
                require(report.items().stored() == 0, "stored " + report.items());
                require(report.outcome() == BackupReport.Outcome.COMPLETE, "ended " + report.outcome());
                // The first one brings the caches up.
                if (n > 0) {
                    millis.add(took);
                }
            }
        }
        FileTree.delete(folder);
        double median = median(millis);
        boolean holds =
                median <= UNCHANGED_MILLIS && last.reads() <= UNCHANGED_READS && last.writes() <= UNCHANGED_WRITES;
        missed |= !holds;
        out.printf(
                Locale.ROOT,
                "| %,d items | %.1f <= %.0f | %d <= %d | %d <= %d | %s |%n",
                count,
                median,
                UNCHANGED_MILLIS,
                last.reads(),
                UNCHANGED_READS,
                last.writes(),
                UNCHANGED_WRITES,
                holds ? "ok" : "**missed** " + last);
    }

    private static Repository create(ObjectStore store, Path cache, HoldfastRuntime runtime) {
        return Repository.create(store, KeyProviders.raw(new byte[32]))
                .cache(cache)
                .on(runtime);
    }

    private static BackupReport session(Repository repository, HoldfastRuntime runtime, FeedItems items) {
        return BackupSession.builder()
                .on(runtime)
                .from(new FeedSource(items))
                .into(repository)
                .build()
                .run();
    }

    private Path fresh() throws IOException {
        return Files.createTempDirectory(work, "feed-");
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("the session did something else than expected: " + what);
        }
    }
}
