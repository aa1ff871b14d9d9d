// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.samples.cli.config.ConfigException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies snapshots into another repository. */
@Command(
        name = "copy",
        description = {
            "Copies snapshots into another repository as fulls that need nothing else, without asking the source.",
            "The other repository is created if its place is empty. What it has already is not stored again; after an"
                    + " interruption the same command goes on from the last checkpoint."
        })
final class CopyCommand extends Task {
    @Option(
            names = "--repository",
            required = true,
            paramLabel = "R",
            description = "name of the repository to copy from")
    private String repository = "";

    @Option(names = "--to", required = true, paramLabel = "R2", description = "name of the repository to copy into")
    private String target = "";

    @Option(names = "--source", paramLabel = "S", defaultValue = "", description = "only this source; else all")
    private String source = "";

    @Option(
            names = "--snapshot",
            paramLabel = "N",
            defaultValue = "latest",
            description = "its number, with --source; else the latest of each source")
    private String snapshot = "latest";

    @Override
    int run(Workspace workspace) throws IOException {
        if (target.equals(repository)) {
            throw new ConfigException("--to names repository '" + target + "', which is copied from", "Name another");
        }
        if (source.isEmpty() && !snapshot.equals("latest")) {
            throw new ConfigException(
                    "--snapshot is " + snapshot + ", but numbers belong to a source", "Give --source as well");
        }
        long begun = workspace.runtime().time().nanos();
        List<Copied> copies = copy(workspace);
        long millis =
                Duration.ofNanos(workspace.runtime().time().nanos() - begun).toMillis();
        if (json()) {
            document(out -> write(out, copies, millis));
        } else {
            copies.forEach(each -> print("copied: snapshot " + each.from.sequence() + " of '" + each.from.source()
                    + "' is snapshot " + each.to.sequence() + " in '" + target + "', " + each.to.items() + " items, "
                    + Progress.size(each.to.bytes())));
        }
        return ExitCode.COMPLETE;
    }

    private List<Copied> copy(Workspace workspace) {
        try (Progress progress = progress()) {
            StoreWatch watch = watch(workspace, progress);
            Repository from = workspace.open(repository, watch);
            List<Snapshot> chosen = chosen(from);
            Repository to = workspace.openOrCreate(target, watch);
            requireAnother(from, to);
            List<Copied> copies = new ArrayList<>();
            for (Snapshot each : chosen) {
                copies.add(new Copied(each, from.copy(each, to)));
            }
            return copies;
        }
    }

    private List<Snapshot> chosen(Repository from) {
        if (!source.isEmpty()) {
            return List.of(Workspace.snapshot(from, source, snapshot));
        }
        List<Snapshot> newest = new ArrayList<>();
        for (SourceId each : from.sources()) {
            from.latest(each).ifPresent(newest::add);
        }
        if (newest.isEmpty()) {
            throw new ConfigException("repository '" + repository + "' has no snapshot to copy", "Run a backup first");
        }
        return newest;
    }

    private void requireAnother(Repository from, Repository to) {
        if (from.id().equals(to.id())) {
            throw new ConfigException(
                    "'" + repository + "' and '" + target + "' are the same repository, " + from.id(),
                    "Give one of them another place");
        }
    }

    private void write(JsonOut out, List<Copied> copies, long millis) {
        out.object(() -> {
            out.put("outcome", "complete");
            out.array(
                    "copied",
                    () -> copies.forEach(each -> out.object(() -> {
                        out.put("source", each.from.source().value()).put("from_sequence", each.from.sequence());
                        out.object("snapshot", () -> BackupCommand.writeSnapshot(out, each.to));
                        out.put("items", each.to.items()).put("bytes", each.to.bytes());
                    })));
            out.put("duration_ms", millis);
        });
    }

    /** A snapshot and its copy. */
    private record Copied(Snapshot from, Snapshot to) {}
}
