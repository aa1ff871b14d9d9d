// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.repository.RepositoryStats;
import io.holdfast.repository.Snapshot;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how large a repository is. */
@Command(
        name = "stats",
        description = {
            "Counts a repository: objects, bytes, ratios of deduplication and compression, index, cache.",
            "Deduplication: the bytes of the items of all snapshots, by the bytes of their distinct blobs. Compression: the bytes"
                    + " of the blobs, by the bytes in the store."
        })
final class StatsCommand extends Task {
    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Override
    int run(Workspace workspace) throws IOException {
        Repository open = workspace.open(repository);
        RepositoryStats stats = open.stats();
        long items = open.sources().stream()
                .flatMap(source -> open.snapshots(source).stream())
                .mapToLong(Snapshot::bytes)
                .sum();
        if (json()) {
            document(out -> write(out, stats, items));
        } else {
            tell(stats, items);
        }
        return ExitCode.COMPLETE;
    }

    private static double ratio(long larger, long smaller) {
        return smaller == 0 ? 1 : Math.round(100.0 * larger / smaller) / 100.0;
    }

    private static void write(JsonOut out, RepositoryStats stats, long items) {
        out.object(() -> out.put("objects", stats.objects())
                .put("packs", stats.packs())
                .put("blobs", stats.blobs())
                .put("snapshots", stats.snapshots())
                .put("item_bytes", items)
                .put("plain_bytes", stats.plainBytes())
                .put("stored_bytes", stats.storedBytes())
                .put("dedup_ratio", ratio(items, stats.plainBytes()))
                .put("compression_ratio", ratio(stats.plainBytes(), stats.storedBytes()))
                .put("index_bytes", stats.indexBytes())
                .put("cache_bytes", stats.cacheBytes()));
    }

    private void tell(RepositoryStats stats, long items) {
        Table table = new Table(Table.Column.left("WHAT"), Table.Column.right("COUNT"), Table.Column.right("BYTES"));
        row(table, "snapshots, with their items", stats.snapshots(), items);
        row(table, "distinct blobs", stats.blobs(), stats.plainBytes());
        row(table, "objects in the store", stats.objects(), stats.storedBytes());
        table.row("of these packs", String.valueOf(stats.packs()), "");
        table.row("of these index", "", String.valueOf(stats.indexBytes()));
        table.row("local cache of the index", "", String.valueOf(stats.cacheBytes()));
        table.print(console().out());
        print(String.format(
                Locale.ROOT,
                "deduplication %.2f, compression %.2f",
                ratio(items, stats.plainBytes()),
                ratio(stats.plainBytes(), stats.storedBytes())));
    }

    private static void row(Table table, String what, long count, long bytes) {
        table.row(what, String.valueOf(count), String.valueOf(bytes));
    }
}
