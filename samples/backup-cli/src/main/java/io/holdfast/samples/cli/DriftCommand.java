// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.drift.DriftEvent;
import io.holdfast.repository.Snapshot;
import io.holdfast.services.ServiceMemory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what a source's service answered that it had never answered before. */
@Command(
        name = "drift",
        description = {
            "Lists what a source's service answered that it had never answered before: codes, values of enumerations, fields, types.",
            "Each was told once, when it was first seen; backups went on. A first session learns in silence."
        })
final class DriftCommand extends Task {
    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Option(names = "--snapshot", paramLabel = "N", defaultValue = "latest", description = "as known by it, or latest")
    private String snapshot = "latest";

    @Override
    int run(Workspace workspace) throws IOException {
        Repository open = workspace.open(repository);
        Snapshot of = Workspace.snapshot(open, source, snapshot);
        List<DriftEvent> events = ServiceMemory.drift(open.observations(of));
        if (json()) {
            document(out -> out.array(() -> events.forEach(each -> write(out, each))));
        } else if (events.isEmpty()) {
            print("nothing new since the first snapshot of '" + source + "'");
        } else {
            tell(events);
        }
        return ExitCode.COMPLETE;
    }

    private static void write(JsonOut out, DriftEvent event) {
        out.object(() -> out.put("first_seen", event.at())
                .put("kind", kind(event))
                .put("operation", event.operation())
                .put("path", event.path())
                .put("what", event.what()));
    }

    private static String kind(DriftEvent event) {
        return event.kind().name().toLowerCase(Locale.ROOT);
    }

    private void tell(List<DriftEvent> events) {
        Table table = new Table(
                Table.Column.left("FIRST SEEN"),
                Table.Column.left("KIND"),
                Table.Column.left("OPERATION"),
                Table.Column.left("PATH"),
                Table.Column.left("WHAT"));
        events.forEach(each -> table.row(
                Console.time(each.at()),
                kind(each),
                each.operation(),
                Console.oneLine(each.path()),
                Console.oneLine(each.what())));
        table.print(console().out());
    }
}
