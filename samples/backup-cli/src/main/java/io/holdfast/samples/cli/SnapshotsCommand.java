// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the snapshots of a repository. */
@Command(name = "snapshots", description = "Lists snapshots: number, time, completeness, items, bytes.")
final class SnapshotsCommand extends Task {
    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--source", paramLabel = "S", defaultValue = "", description = "only of this source")
    private String source = "";

    @Override
    int run(Workspace workspace) throws IOException {
        List<Snapshot> snapshots = snapshots(workspace.open(repository));
        if (json()) {
            document(out -> out.array(() -> snapshots.forEach(each -> write(out, each))));
        } else {
            tell(snapshots);
        }
        return ExitCode.COMPLETE;
    }

    private void tell(List<Snapshot> snapshots) {
        Table table = new Table(
                Table.Column.left("SOURCE"),
                Table.Column.right("SEQUENCE"),
                Table.Column.left("ID"),
                Table.Column.left("TIME"),
                Table.Column.left("COMPLETENESS"),
                Table.Column.right("ITEMS"),
                Table.Column.right("BYTES"),
                Table.Column.left("RETAINED UNTIL"));
        for (Snapshot each : snapshots) {
            table.row(
                    each.source().value(),
                    String.valueOf(each.sequence()),
                    each.hash().substring(0, 12),
                    Console.time(each.committed()),
                    completeness(each),
                    String.valueOf(each.items()),
                    String.valueOf(each.bytes()),
                    "-");
        }
        table.print(console().out());
    }

    private static String completeness(Snapshot snapshot) {
        return snapshot.complete() ? "complete" : "partial";
    }

    private List<Snapshot> snapshots(Repository open) {
        if (!source.isEmpty()) {
            Workspace.snapshot(open, source, "latest");
            return open.snapshots(new SourceId(source));
        }
        List<Snapshot> all = new ArrayList<>();
        open.sources().forEach(each -> all.addAll(open.snapshots(each)));
        return all;
    }

    private static void write(JsonOut out, Snapshot snapshot) {
        out.object(() -> {
            out.put("source", snapshot.source().value())
                    .put("sequence", snapshot.sequence())
                    .put("id", snapshot.hash())
                    .put("time", snapshot.committed())
                    .put("completeness", completeness(snapshot))
                    .put("items", snapshot.items())
                    .put("bytes", snapshot.bytes())
                    .put("retained_until", (String) null)
                    .put("manifest_digest", snapshot.digest().toString());
            BackupCommand.writeParent(out, snapshot.parent());
        });
    }
}
