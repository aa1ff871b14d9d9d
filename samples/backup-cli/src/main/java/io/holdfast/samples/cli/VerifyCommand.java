// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.Damage;
import io.holdfast.repository.VerifyRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads a repository back and compares. */
@Command(
        name = "verify",
        description = {
            "Reads a repository back and compares; exit 5 and the names of damaged items if something is wrong.",
            "Levels, each with those before it: keyless (names, hashes and framing of all objects; the configuration of the"
                    + " repository needs no key for it, and without one no items are named), structure (seals, records,"
                    + " lists of items, index), content (every frame, or a sample: each blob against its id), rehearsal"
                    + " (a restore into nothing, compared with the hashes of the items)."
        })
final class VerifyCommand extends Task {
    private static final Set<ErrorCode> DAMAGE = Set.of(
            ErrorCode.REPOSITORY_DAMAGED,
            ErrorCode.REPOSITORY_ROLLED_BACK,
            ErrorCode.REPOSITORY_REPLACED,
            ErrorCode.BLOB_MISSING,
            ErrorCode.FORMAT_LIMIT);

    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(
            names = "--level",
            paramLabel = "L",
            defaultValue = "structure",
            description = "keyless, structure, content or rehearsal (default: structure)")
    private String level = "structure";

    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            defaultValue = "100",
            description =
                    "at content and rehearsal: how much of the packs is opened; which ones rotates from run to run")
    private double sample = 100;

    @Option(
            names = "--expect",
            paramLabel = "N:HASH",
            description =
                    "sequence and id of a snapshot that must be there, kept elsewhere: finds a store that was set back")
    private @Nullable String expect;

    @Override
    int run(Workspace workspace) throws IOException {
        VerifyRequest request = new VerifyRequest(Findings.level(level), sample, Optional.ofNullable(expect));
        VerifyReport report = verify(workspace, request);
        if (json()) {
            document(out -> out.object(() -> Findings.write(out, report)));
        } else {
            Findings.tell(report, this::print);
        }
        return report.sound() ? ExitCode.COMPLETE : ExitCode.DAMAGE;
    }

    /** Damage that keeps the repository from being opened is a finding too, and not a store that fails. */
    private VerifyReport verify(Workspace workspace, VerifyRequest request) {
        try (Progress progress = progress()) {
            StoreWatch watch = watch(workspace, progress);
            Optional<VerifyReport> keyless = request.level() == VerifyLevel.KEYLESS
                    ? workspace.verifyKeyless(repository, watch, request.expect())
                    : Optional.empty();
            return keyless.orElseGet(() -> workspace.open(repository, watch).verify(request));
        } catch (RepositoryException e) {
            if (!DAMAGE.contains(e.code())) {
                throw e;
            }
            Damage found = new Damage("repository", e.code().id() + ": " + e.getMessage(), List.of());
            return new VerifyReport(request.level(), 0, 0, List.of(found), List.of(), List.of());
        }
    }
}
