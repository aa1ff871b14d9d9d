// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.repository.Snapshot;
import io.holdfast.samples.cli.config.ConfigException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the resources of a source, and lets departed ones expire. */
@Command(name = "resource", description = "Lists resources with their last completed session; releases departed ones.")
final class ResourceCommand extends Task {
    /** What to do. */
    enum Verb {
        LIST,
        RELEASE
    }

    @Parameters(paramLabel = "list|release", description = "what to do")
    private Verb verb = Verb.LIST;

    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Option(names = "--resource", paramLabel = "ID", defaultValue = "", description = "only this resource")
    private String resource = "";

    @Override
    int run(Workspace workspace) throws IOException {
        Repository open = workspace.open(repository);
        Snapshot latest = Workspace.snapshot(open, source, "latest");
        List<ResourceSummary> resources = open.resources(latest).stream()
                .filter(each -> resource.isEmpty() || each.id().value().equals(resource))
                .toList();
        if (!resource.isEmpty() && resources.isEmpty()) {
            throw new ConfigException(
                    "source '" + source + "' has no resource '" + resource + "'", "Use one that resource list names");
        }
        return verb == Verb.LIST ? list(resources) : release(open, resources);
    }

    private int list(List<ResourceSummary> resources) throws IOException {
        if (json()) {
            document(out -> out.array(() -> resources.forEach(each -> write(out, each))));
            return ExitCode.COMPLETE;
        }
        Table table = new Table(
                Table.Column.left("RESOURCE"),
                Table.Column.left("WORKLOAD"),
                Table.Column.left("NAME"),
                Table.Column.right("ITEMS"),
                Table.Column.right("BYTES"),
                Table.Column.left("LAST COMPLETED"),
                Table.Column.left("DEPARTED SINCE"));
        resources.forEach(each -> table.row(
                each.id().value(),
                each.workload(),
                each.displayName(),
                String.valueOf(each.items()),
                String.valueOf(each.bytes()),
                Console.time(each.lastCompleted()),
                Console.time(each.departedSince())));
        table.print(console().out());
        return ExitCode.COMPLETE;
    }

    private int release(Repository open, List<ResourceSummary> resources) throws IOException {
        if (resource.isEmpty()) {
            throw new ConfigException("nothing says which resource to release", "Give --resource ID");
        }
        Optional<ResourceSummary> departed = resources.stream()
                .filter(each -> each.departedSince().isPresent())
                .findFirst();
        if (departed.isEmpty()) {
            throw new ConfigException(
                    "resource '" + resource + "' has not departed: the source still names it",
                    "Release departed resources only");
        }
        Snapshot without = open.release(new SourceId(source), new ResourceId(resource));
        if (json()) {
            document(out -> out.object(() ->
                    out.put("outcome", "released").put("resource", resource).put("sequence", without.sequence())));
        } else {
            print("released " + resource + ": snapshot " + without.sequence() + " no longer has it");
        }
        return ExitCode.COMPLETE;
    }

    private static void write(JsonOut out, ResourceSummary summary) {
        out.object(() -> out.put("resource", summary.id().value())
                .put("workload", summary.workload())
                .put("name", summary.displayName())
                .put("owner", summary.owner())
                .put("items", summary.items())
                .put("bytes", summary.bytes())
                .time("last_completed", summary.lastCompleted())
                .time("departed_since", summary.departedSince()));
    }
}
