// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.repository.ItemDifference;
import io.holdfast.repository.Snapshot;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what differs between two snapshots. */
@Command(name = "diff", description = "Lists added, changed and removed items.")
final class DiffCommand extends Task {
    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Option(names = "--from", required = true, paramLabel = "N", description = "number of the older snapshot")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "M", description = "number of the newer snapshot")
    private String to = "";

    @Override
    int run(Workspace workspace) throws IOException {
        Repository open = workspace.open(repository);
        Snapshot older = Workspace.snapshot(open, source, from);
        Snapshot newer = Workspace.snapshot(open, source, to);
        if (json()) {
            document(out -> out.array(() -> open.diff(older, newer, each -> write(out, each))));
        } else {
            open.diff(
                    older,
                    newer,
                    each -> print(
                            String.format("%-8s %s", change(each), Console.oneLine(String.join("/", each.path())))));
        }
        return ExitCode.COMPLETE;
    }

    private static String change(ItemDifference difference) {
        return difference.change().name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonOut out, ItemDifference difference) {
        out.object(() -> out.put("change", change(difference))
                .put("resource", difference.resource().value())
                .put("key", difference.key().value())
                .put("path", String.join("/", difference.path())));
    }
}
