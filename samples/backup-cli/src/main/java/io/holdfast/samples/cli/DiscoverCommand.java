// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceContext;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the resources of a source: protected, or not and why. */
@Command(name = "discover", description = "Lists resources with their state: protected, or not and why.")
final class DiscoverCommand extends Task {
    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Override
    int run(Workspace workspace) throws IOException {
        SourceContext context =
                new SourceContext(workspace.runtime(), workspace.runtime().memory());
        try (Source open = workspace.source(source).open(context);
                Pull<Resource> resources = open.discover()) {
            if (json()) {
                document(out -> out.array(() -> {
                    for (Resource each = resources.next(); each != null; each = resources.next()) {
                        write(out, each);
                    }
                }));
            } else {
                Table table = new Table(
                        Table.Column.left("RESOURCE"),
                        Table.Column.left("WORKLOAD"),
                        Table.Column.left("NAME"),
                        Table.Column.left("OWNER"),
                        Table.Column.left("STATE"));
                for (Resource each = resources.next(); each != null; each = resources.next()) {
                    table.row(each.id().value(), each.workload(), each.displayName(), each.owner(), told(each));
                }
                table.print(console().out());
            }
        }
        return ExitCode.COMPLETE;
    }

    private static String told(Resource resource) {
        return state(resource)
                + resource.notCovered().map(why -> " (" + why.detail() + ")").orElse("");
    }

    private static String state(Resource resource) {
        return resource.notCovered().map(DiscoverCommand::reason).orElse("protected");
    }

    /** The reason in the words of the JSON contract. */
    static String reason(Resource.NotCovered why) {
        return why.reason().name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonOut out, Resource resource) {
        out.object(() -> out.put("resource", resource.id().value())
                .put("workload", resource.workload())
                .put("name", resource.displayName())
                .put("owner", resource.owner())
                .put("state", state(resource))
                .put("protected", resource.notCovered().isEmpty())
                .put(
                        "reason",
                        resource.notCovered().map(DiscoverCommand::reason).orElse(null))
                .put(
                        "detail",
                        resource.notCovered().map(Resource.NotCovered::detail).orElse(null)));
    }
}
