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
                print(String.format("%-40s %-12s %-30s %s", "RESOURCE", "WORKLOAD", "OWNER", "STATE"));
                for (Resource each = resources.next(); each != null; each = resources.next()) {
                    print(String.format(
                            "%-40s %-12s %-30s %s",
                            Console.oneLine(each.id().value()),
                            each.workload(),
                            Console.oneLine(each.owner()),
                            state(each)));
                }
            }
        }
        return ExitCode.COMPLETE;
    }

    private static String state(Resource resource) {
        return resource.notCovered()
                .map(why -> reason(why) + " (" + Console.oneLine(why.detail()) + ")")
                .orElse("protected");
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
                .put("protected", resource.notCovered().isEmpty())
                .put(
                        "reason",
                        resource.notCovered().map(DiscoverCommand::reason).orElse(null))
                .put(
                        "detail",
                        resource.notCovered().map(Resource.NotCovered::detail).orElse(null)));
    }
}
