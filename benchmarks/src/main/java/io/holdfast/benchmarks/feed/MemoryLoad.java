// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.storage.posix.PosixObjectStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What runs in the small heap: one session with all items and the stream, one that finds nothing new, and one with two items
 * more, in which the index is opened.
 *
 * <p>The heap that is held is read, after a collection, when the first of the two new items is opened, before the session has
 * asked the index anything, and again at the second. Prints one line of figures; ends with an error if a session does.
 */
public final class MemoryLoad {
    private final Path folder;
    private final int items;
    private final long streamBytes;
    private final long[] heldAt = new long[2];

    private MemoryLoad(Path folder, int items, long streamBytes) {
        this.folder = folder;
        this.items = items;
        this.streamBytes = streamBytes;
    }

    /**
     * Runs it.
     *
     * @param args a folder, the number of items, the length of the stream
     */
    public static void main(String[] args) {
        new MemoryLoad(Path.of(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2])).run();
    }

    private void run() {
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                PosixObjectStore store = PosixObjectStore.createAt(folder.resolve("store"));
                Repository repository = Repository.create(store, KeyProviders.raw(new byte[32]))
                        .cache(folder.resolve("cache"))
                        .on(runtime)) {
            session(repository, runtime, items, items);
            session(repository, runtime, items, 0);
            session(repository, runtime, items + 2, 2);
        }
        System.out.printf(
                Locale.ROOT, "items=%d stream=%d before=%d after=%d%n", items, streamBytes, heldAt[0], heldAt[1]);
    }

    private void session(Repository repository, HoldfastRuntime runtime, int count, long stored) {
        FeedItems all = new GrowingItems(new NumberedItems(count), streamBytes, this::opened);
        BackupReport report = BackupSession.builder()
                .on(runtime)
                .from(new FeedSource(all))
                .into(repository)
                .build()
                .run();
        if (report.outcome() != BackupReport.Outcome.COMPLETE || report.items().stored() != stored) {
            throw new IllegalStateException("the session ended " + report.outcome() + ", " + report.items());
        }
    }

    private void opened(int index) {
        if (index >= items) {
            heldAt[index - items] = held();
        }
    }

    /** The heap that is in use after a collection. */
    private static long held() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        // The second finds what the first has only queued for cleaning.
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
