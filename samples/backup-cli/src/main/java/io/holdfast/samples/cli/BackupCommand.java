// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Selection;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one backup session. */
@Command(name = "backup", description = "Brings a repository up to date with a source.")
final class BackupCommand extends Task {
    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--resource", paramLabel = "ID", arity = "1..*", description = "only these resources")
    private List<String> resources = List.of();

    @Option(names = "--user", paramLabel = "U", arity = "1..*", description = "only resources of these owners")
    private List<String> users = List.of();

    @Option(names = "--workload", paramLabel = "W", arity = "1..*", description = "only these workloads")
    private List<String> workloads = List.of();

    @Option(names = "--retry-failures", description = "try every open ledger entry now, due or not")
    private boolean retryFailures;

    @Override
    int run(Workspace workspace) throws IOException {
        SourceConnector connector = selected(workspace);
        try (ErrorLog log = ErrorLog.open(
                workspace.configuration().logs(), workspace.runtime().time(), source)) {
            Progress progress = progress();
            BackupSession.Builder builder = BackupSession.builder()
                    .on(workspace.runtime())
                    .from(connector)
                    .into(workspace.openOrCreate(repository))
                    .selecting(selection())
                    .listener(event -> {
                        progress.onEvent(event);
                        log.onEvent(event);
                    });
            BackupSession session = (retryFailures ? builder.retryFailures() : builder).build();
            cli().interruption.onSignal(session::stop);
            BackupReport report = session.run();
            if (json()) {
                document(out -> write(out, report, workspace.counts()));
            } else {
                tell(report);
                tell(workspace.counts());
            }
            return ExitCode.of(report.outcome());
        }
    }

    /**
     * The source, which has what is selected: a name that is misspelt selects nothing, and a session of nothing would look like a backup. So the
     * resources are listed before the repository is touched; the session takes that list.
     */
    private SourceConnector selected(Workspace workspace) {
        SourceConnector connector = workspace.source(source);
        SourceContext context =
                new SourceContext(workspace.runtime(), workspace.runtime().memory());
        Selection selection = selection();
        if (selection.equals(Selection.all())) {
            connector.open(context).close();
            return connector;
        }
        ListedSource listed = ListedSource.list(connector, context);
        Set<ResourceId> unknown = new LinkedHashSet<>(selection.resources());
        listed.resources().forEach(each -> unknown.remove(each.id()));
        if (!unknown.isEmpty()) {
            throw nothing("resource '" + unknown.iterator().next() + "'");
        }
        if (listed.resources().stream().noneMatch(selection::covers)) {
            throw nothing("resource that --resource, --user and --workload select");
        }
        return listed;
    }

    private ConfigException nothing(String what) {
        return new ConfigException(
                "source '" + source + "' has no " + what, "Use what discover --source " + source + " names");
    }

    private Selection selection() {
        return new Selection(
                new LinkedHashSet<>(users),
                new LinkedHashSet<>(workloads),
                resources.stream().map(ResourceId::new).collect(Collectors.toSet()),
                Set.of(),
                Optional.empty());
    }

    private void write(JsonOut out, BackupReport report, ServiceCounts counts) {
        out.object(() -> {
            out.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT)).put("source", source);
            if (report.snapshot().isPresent()) {
                Snapshot snapshot = report.snapshot().get();
                out.object("snapshot", () -> writeSnapshot(out, snapshot));
            } else {
                out.put("snapshot", (String) null);
            }
            writeResources(out, report);
            writeItems(out, report.items());
            writeAudit(out, report.audit());
            if (counts.drift() > 0) {
                out.put("drift", counts.drift());
            }
            BackupReport.Bytes bytes = report.bytes();
            out.object(
                    "bytes",
                    () -> out.put("read", bytes.read())
                            .put("new_plain", bytes.newPlain())
                            .put("new_stored", bytes.newStored()));
            out.object("requests", () -> writeRequests(out, report.requests(), counts));
            out.array(
                    "failures",
                    () -> report.failures()
                            .forEach(each ->
                                    out.object(() -> out.put("key", each.key().value())
                                            .put("kind", each.kind())
                                            .put("cause", each.cause())
                                            .put("code", each.code())
                                            .put("attempts", each.attempts()))));
            out.put("duration_ms", report.duration().toMillis());
        });
    }

    /** Where the auditor had a turn; in other sessions there is nothing to say. */
    private static void writeAudit(JsonOut out, BackupReport.Audit audit) {
        if (audit.compared() + audit.unannounced() + audit.unread() > 0) {
            out.object(
                    "audit",
                    () -> out.put("compared", audit.compared())
                            .put("added", audit.added())
                            .put("changed", audit.changed())
                            .put("moved", audit.moved())
                            .put("removed", audit.removed())
                            .put("unread", audit.unread()));
        }
    }

    /** Of a source that asks a service what was sent to it; of others what the session asked the source. */
    private static void writeRequests(JsonOut out, BackupReport.Requests asked, ServiceCounts sent) {
        Map<String, Long> byOperation = sent.byOperation();
        if (byOperation.isEmpty()) {
            out.put("total", asked.total())
                    .put("throttled", asked.throttled())
                    .counts("by_operation", asked.byOperation());
            return;
        }
        out.put("total", sent.total())
                .put("throttled", sent.throttled())
                .put("waited_ms", sent.waited().toMillis())
                .counts("by_operation", byOperation);
    }

    static void writeSnapshot(JsonOut out, Snapshot snapshot) {
        out.put("sequence", snapshot.sequence())
                .put("id", snapshot.hash())
                .put("manifest_digest", snapshot.digest().toString());
        writeParent(out, snapshot.parent());
    }

    static void writeParent(JsonOut out, OptionalLong parent) {
        if (parent.isPresent()) {
            out.put("parent", parent.getAsLong());
        } else {
            out.put("parent", (String) null);
        }
    }

    private static void writeResources(JsonOut out, BackupReport report) {
        BackupReport.Resources all = report.resources();
        out.object("resources", () -> {
            out.put("discovered", all.discovered().size()).put("protected", all.protectedCount());
            out.array("not_covered", () -> {
                all.discovered().stream()
                        .filter(each -> each.notCovered().isPresent())
                        .forEach(each -> out.object(() -> out.put(
                                        "id", each.id().value())
                                .put(
                                        "reason",
                                        DiscoverCommand.reason(each.notCovered().orElseThrow()))
                                .put("detail", each.notCovered().orElseThrow().detail())));
                all.notCaughtUp()
                        .forEach((id, why) -> out.object(() -> out.put("id", id.value())
                                .put("reason", "not_caught_up")
                                .put("detail", why)));
            });
        });
    }

    private static void writeItems(JsonOut out, BackupReport.Items items) {
        out.object(
                "items",
                () -> out.put("discovered", items.discovered())
                        .put("stored", items.stored())
                        .put("unchanged", items.unchanged())
                        .put("removed", items.removed())
                        .put("gone", items.gone())
                        .put("skipped", items.skipped())
                        .put("degraded", items.degraded())
                        .put("failed", items.failed())
                        .put("stale", items.stale())
                        .put("open_failures", items.openFailures()));
    }

    private void tell(BackupReport.Audit audit) {
        if (audit.unannounced() > 0) {
            print("auditor: " + audit.compared() + " items compared; the service had announced neither "
                    + audit.added() + " new, " + audit.changed() + " changed, " + audit.moved() + " moved nor "
                    + audit.removed() + " removed ones; they are repaired");
        }
        if (audit.unread() > 0) {
            print("auditor: " + audit.unread() + " listings could not be read; their turn comes again");
        }
    }

    private void tell(ServiceCounts counts) {
        if (counts.total() > 0) {
            print("requests: " + counts.total() + " sent, " + counts.throttled() + " throttled; waited for their turn "
                    + counts.waited().toMillis() + " ms");
        }
        if (counts.drift() > 0) {
            print("the service answered " + counts.drift()
                    + " things that it had never answered before: backup-cli drift " + "--repository " + repository
                    + " --source " + source);
        }
    }

    private void tell(BackupReport report) {
        BackupReport.Items items = report.items();
        String snapshot = report.snapshot().map(s -> "snapshot " + s.sequence()).orElse("no snapshot");
        print(report.outcome().name().toLowerCase(Locale.ROOT) + ": " + snapshot + " of '" + source + "', "
                + items.discovered() + " items: " + items.stored() + " stored, " + items.unchanged() + " unchanged, "
                + items.removed() + " removed, " + items.skipped() + " skipped, " + items.failed() + " failed; "
                + Progress.size(report.bytes().read()) + " read, "
                + Progress.size(report.bytes().newStored())
                + " stored, " + report.duration().toMillis() + " ms");
        report.resources()
                .notCaughtUp()
                .forEach((id, why) -> print("not caught up: " + id + ": " + Console.oneLine(why)));
        tell(report.audit());
        if (items.openFailures() > 0) {
            print(items.openFailures() + " open failures: backup-cli failures --repository " + repository + " --source "
                    + source);
        }
    }
}
