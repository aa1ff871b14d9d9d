// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.model.SourceId;
import io.holdfast.repository.OpenFailure;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the open ledger of a source. */
@Command(
        name = "failures",
        description = "Lists items that are not, or not wholly stored, or stale: cause, attempts, since, due.")
final class FailuresCommand extends Task {
    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Override
    int run(Workspace workspace) throws IOException {
        Repository open = workspace.open(repository);
        Workspace.snapshot(open, source, "latest");
        SourceId id = new SourceId(source);
        if (json()) {
            document(out -> out.array(() -> open.failures(id, each -> write(out, each))));
        } else {
            print(String.format(
                    "%-9s %-22s %8s  %-20s  %-20s  %s", "CONDITION", "CAUSE", "ATTEMPTS", "SINCE", "DUE", "KEY"));
            open.failures(
                    id,
                    each -> print(String.format(
                            "%-9s %-22s %8d  %-20s  %-20s  %s",
                            condition(each),
                            each.cause(),
                            each.attempts(),
                            Console.time(each.since()),
                            Console.time(each.due()),
                            Console.oneLine(each.key().value()))));
        }
        return ExitCode.COMPLETE;
    }

    private static String condition(OpenFailure failure) {
        return failure.condition().name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonOut out, OpenFailure failure) {
        out.object(() -> out.put("key", failure.key().value())
                .put("kind", failure.kind())
                .put("resource", failure.resource().value())
                .put("condition", condition(failure))
                .put("cause", failure.cause())
                .put("code", failure.code())
                .put("attempts", failure.attempts())
                .put("since", failure.since())
                .put("due", failure.due()));
    }
}
