// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.samples.cli.config.ConfigException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the items of a snapshot. */
@Command(name = "list", description = "Lists the items of a snapshot.")
final class ListCommand extends Task {
    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Option(names = "--snapshot", paramLabel = "N", defaultValue = "latest", description = "its number, or latest")
    private String snapshot = "latest";

    @Option(names = "--resource", paramLabel = "ID", defaultValue = "", description = "only this resource")
    private String resource = "";

    @Option(names = "--path", paramLabel = "P", defaultValue = "", description = "only what lies below this path")
    private String path = "";

    @Override
    int run(Workspace workspace) throws IOException {
        Repository open = workspace.open(repository);
        Snapshot of = Workspace.snapshot(open, source, snapshot);
        List<ResourceSummary> wanted = wanted(open, of);
        if (json()) {
            document(out -> out.array(() -> items(open, of, wanted, item -> write(out, item))));
        } else {
            print(String.format("%-8s %15s  %-20s  %s", "KIND", "SIZE", "MODIFIED", "PATH"));
            items(
                    open,
                    of,
                    wanted,
                    item -> print(String.format(
                            "%-8s %15d  %-20s  %s",
                            item.entry().kind(),
                            item.entry().size(),
                            Console.time(item.entry().modified()),
                            Console.oneLine(String.join("/", item.path())))));
        }
        return ExitCode.COMPLETE;
    }

    /** The resources to list; that there is nothing to list is said before a list begins. */
    private List<ResourceSummary> wanted(Repository open, Snapshot of) {
        List<ResourceSummary> wanted =
                open.resources(of).stream().filter(this::isWanted).toList();
        if (wanted.isEmpty() && !resource.isEmpty()) {
            throw new ConfigException(
                    "snapshot " + of.sequence() + " of '" + source + "' has no resource '" + resource + "'",
                    "Use one that resource list names");
        }
        return wanted;
    }

    private void items(Repository open, Snapshot of, List<ResourceSummary> wanted, Consumer<StoredItem> consumer) {
        for (ResourceSummary each : wanted) {
            open.items(of, each.id(), item -> {
                if (isBelow(item)) {
                    consumer.accept(item);
                }
            });
        }
    }

    private boolean isWanted(ResourceSummary summary) {
        return resource.isEmpty() || summary.id().value().equals(resource);
    }

    private boolean isBelow(StoredItem item) {
        String wanted = path.startsWith("/") ? path.substring(1) : path;
        String cut = wanted.endsWith("/") ? wanted.substring(0, wanted.length() - 1) : wanted;
        String own = String.join("/", item.path());
        return cut.isEmpty() || own.equals(cut) || own.startsWith(cut + "/");
    }

    private static void write(JsonOut out, StoredItem item) {
        out.object(() -> out.put("key", item.entry().key().value())
                .put("kind", item.entry().kind().name())
                .put("resource", item.resource().value())
                .put("path", String.join("/", item.path()))
                .put("size", item.entry().size())
                .time("modified", item.entry().modified())
                .put("condition", item.entry().condition().name().toLowerCase(Locale.ROOT)));
    }
}
