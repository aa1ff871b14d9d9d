// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.benchmarks.link.LinkBenchmark;
import io.holdfast.benchmarks.link.MemoryS3;
import io.holdfast.benchmarks.sets.FileTree;
import io.holdfast.benchmarks.sets.JsonItems;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The second half of the command {@code link}: how many requests reach a bucket when a million small items are stored, and when one of them is restored from
 * an open repository whose index was used before. Counted by the server.
 */
public final class RequestBenchmark {
    private static final long MOST_PUTS = 2_000;
    private static final long MOST_REQUESTS = 5;
    private static final int ITEM = 1_000;

    /** So many others are restored first, from all over the manifest, and find its runs and the index. */
    private static final int WARMING = 31;

    private final Path work;
    private final int items;
    private final PrintStream out;

    /** Folders go below {@code work} and are deleted; {@code scale} 1 stands for a million items. */
    public RequestBenchmark(Path work, double scale, PrintStream out) {
        this.work = work;
        this.items = (int) Math.max(2_000, 1_000_000 * scale);
        this.out = out;
    }

    /** Returns whether the bounds hold. */
    public boolean run() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(work), "link-");
        FeedItems load = new JsonOnDemand(items, new JsonItems(ITEM));
        try (MemoryS3 server = new MemoryS3();
                HoldfastRuntime runtime = Holdfast.runtime().build();
                ObjectStore store = LinkBenchmark.store(server.port())) {
            try (Repository repository = Repository.create(store, KeyProviders.raw(new byte[32]))
                    .cache(folder.resolve("cache"))
                    .on(runtime)) {
                server.takeRequests();
                out.println("\n| requests | bound | of which | |\n|---|---|---|---|");
                boolean stored = stored(server, repository, runtime, load);
                return restored(server, repository, runtime, folder) && stored;
            }
        } finally {
            FileTree.delete(folder);
        }
    }

    /** Made when they are asked for, so that a million of them needs no memory. */
    private record JsonOnDemand(int count, JsonItems json) implements FeedItems {
        @Override
        public byte[] content(int index) {
            return json.item(index);
        }
    }

    private boolean stored(MemoryS3 server, Repository repository, HoldfastRuntime runtime, FeedItems load) {
        BackupReport report = BackupSession.builder()
                .on(runtime)
                .from(new FeedSource(load))
                .into(repository)
                .build()
                .run();
        require(report.items().stored() == items, "stored " + report.items());
        Map<String, Long> requests = server.takeRequests();
        long puts = requests.getOrDefault("PUT", 0L);
        print(
                "%,d puts for %,d items of %,d bytes".formatted(puts, items, ITEM),
                MOST_PUTS,
                requests,
                puts <= MOST_PUTS);
        return puts <= MOST_PUTS;
    }

    private boolean restored(MemoryS3 server, Repository repository, HoldfastRuntime runtime, Path folder) {
        for (int before = 0; before < WARMING; before++) {
            restore(repository, runtime, (int) ((long) before * items / WARMING), folder.resolve("before-" + before));
        }
        server.takeRequests();
        restore(repository, runtime, items / 2 + 1, folder.resolve("one"));
        Map<String, Long> requests = server.takeRequests();
        long all = requests.values().stream().mapToLong(count -> count).sum();
        print("%d for one item of %,d".formatted(all, items), MOST_REQUESTS, requests, all <= MOST_REQUESTS);
        return all <= MOST_REQUESTS;
    }

    private void restore(Repository repository, HoldfastRuntime runtime, int index, Path to) {
        RestoreReport report = RestoreSession.builder()
                .on(runtime)
                .from(repository)
                .snapshot(repository.latest(FeedSource.ID).orElseThrow())
                .selecting(new Selection(Set.of(), Set.of(), Set.of(), Set.of(FeedSource.key(index)), Optional.empty()))
                .to(RestoreTargets.directory(to))
                .build()
                .run();
        require(report.outcome() == RestoreReport.Outcome.COMPLETE, "ended " + report);
        require(report.restored() == 1, "restored " + report);
    }

    private void print(String what, long bound, Map<String, Long> requests, boolean holds) {
        out.printf(Locale.ROOT, "| %s | <= %,d | %s | %s |%n", what, bound, requests, holds ? "ok" : "**missed**");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("something else happened than expected: " + what);
        }
    }
}
