// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.repository.RepairReport;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyRequest;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies, and mends what was found. */
@Command(
        name = "repair",
        description = {
            "Verifies a repository and mends what was found: removes versions and delete markers that others laid over objects,"
                    + " builds a damaged index anew, and marks damaged items, so that the next backup fetches them again.",
            "Exit 0 if all of it was mended, 1 if something is left, which the notes name."
        })
final class RepairCommand extends Task {
    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(
            names = "--level",
            paramLabel = "L",
            defaultValue = "structure",
            description = "how deep to look: keyless, structure, content or rehearsal (default: structure)")
    private String level = "structure";

    @Option(names = "--dry-run", description = "say what would be mended, as verify does, and change nothing")
    private boolean dryRun;

    @Override
    int run(Workspace workspace) throws IOException {
        VerifyRequest request = new VerifyRequest(Findings.level(level), 100, Optional.empty());
        try (Progress progress = progress()) {
            Repository open = workspace.open(repository, watch(workspace, progress));
            VerifyReport found = open.verify(request);
            return dryRun || found.sound() ? tell(found) : tell(found, open.repair(found));
        }
    }

    private int tell(VerifyReport found) throws IOException {
        if (json()) {
            document(out -> out.object(() -> Findings.write(out, found)));
        } else {
            Findings.tell(found, this::print);
            print(found.sound() ? "nothing to repair" : "nothing was changed: this was a dry run");
        }
        return ExitCode.COMPLETE;
    }

    private int tell(VerifyReport found, RepairReport done) throws IOException {
        boolean whole = done.notes().isEmpty();
        if (json()) {
            document(out -> out.object(() -> {
                out.put("outcome", whole ? "repaired" : "partial")
                        .put("uncovered", done.uncovered())
                        .put("packs", done.packs())
                        .put("items", done.items())
                        .put("resources", done.resources())
                        .put("index_blobs", done.indexBlobs());
                out.array("notes", () -> done.notes().forEach(out::text));
            }));
        } else {
            Findings.tell(found, this::print);
            done.notes().forEach(note -> print("left: " + Console.oneLine(note)));
            print("repaired: " + done.uncovered() + " false versions and markers removed, " + done.packs()
                    + " packs given up, " + done.items() + " items and " + done.resources()
                    + " resources to be fetched again by the next backup"
                    + (done.indexBlobs() > 0 ? ", index of " + done.indexBlobs() + " blobs built anew" : ""));
        }
        return whole ? ExitCode.COMPLETE : ExitCode.PARTIAL;
    }
}
