// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.RestoreDestination;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.RestoredItem;
import io.holdfast.Selection;
import io.holdfast.m365.Microsoft365;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.samples.directory.DirectoryConnector;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreSettings.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Restores or exports items of a snapshot. */
@Command(
        name = "restore",
        description = "Brings items back; the same command after a crash continues the same restore.")
final class RestoreCommand extends Task {
    /** As a folder to restore into: none. */
    private static final String WHERE_IT_WAS = "/";

    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(names = "--source", required = true, paramLabel = "S", description = "name of the source")
    private String source = "";

    @Option(names = "--snapshot", paramLabel = "N", defaultValue = "latest", description = "its number, or latest")
    private String snapshot = "latest";

    @Option(names = "--user", paramLabel = "U", arity = "1..*", description = "only resources of these owners")
    private List<String> users = List.of();

    @Option(names = "--workload", paramLabel = "W", arity = "1..*", description = "only these workloads")
    private List<String> workloads = List.of();

    @Option(names = "--resource", paramLabel = "ID", arity = "1..*", description = "only these resources")
    private List<String> resources = List.of();

    @Option(names = "--item", paramLabel = "KEY", arity = "1..*", description = "only these items")
    private List<String> items = List.of();

    @Option(names = "--path", paramLabel = "P", description = "only what lies below this path")
    private @Nullable String path;

    @ArgGroup(multiplicity = "1")
    private Destination destination = new Destination();

    @Option(names = "--to-user", paramLabel = "U2", description = "another owner")
    private @Nullable String toUser;

    @Option(
            names = "--into-folder",
            paramLabel = "F",
            description = "a folder of the target that everything goes into; by default one of this restore's own,"
                    + " / for where it was")
    private @Nullable String intoFolder;

    @Option(
            names = "--conflict",
            paramLabel = "skip|replace|keep-both",
            defaultValue = "skip",
            description = "where something is in the way")
    private String conflict = "skip";

    @Option(
            names = "--permissions",
            paramLabel = "keep|report|none",
            defaultValue = "keep",
            description = "what to do with permissions of shared items")
    private String permissions = "keep";

    @Option(names = "--again", description = "another restore than the one before")
    private boolean again;

    @Option(names = "--dry-run", description = "only tell what would be restored")
    private boolean dryRun;

    /** Whether there was anything to restore; items are told one after the other, perhaps by several threads. */
    private volatile boolean selected;

    /** Where to. */
    static final class Destination {
        @Option(names = "--to-directory", paramLabel = "DIR", description = "files below this folder")
        private @Nullable Path directory;

        @Option(names = "--to-source", paramLabel = "S2", description = "a source")
        private @Nullable String source;
    }

    @Override
    int run(Workspace workspace) throws IOException {
        Conflict policy = conflict();
        requireFitting(workspace);
        Repository open = workspace.open(repository);
        Snapshot of = Workspace.snapshot(open, source, snapshot);
        try (ErrorLog log = ErrorLog.open(
                        workspace.configuration().logs(), workspace.runtime().time(), source);
                RestoreManifest manifest = RestoreManifest.open(dryRun ? null : destination.directory)) {
            boolean whole = selection().equals(Selection.all());
            Progress progress = progress().outOf(whole ? of.bytes() : 0);
            RestoreSession.Builder builder = RestoreSession.builder()
                    .on(workspace.runtime())
                    .from(open)
                    .snapshot(of)
                    .selecting(selection())
                    .to(destination(workspace, open, of))
                    .targetName(targetName())
                    .onConflict(policy)
                    .permissions(Permissions.valueOf(permissions.toUpperCase(Locale.ROOT)))
                    .listener(event -> {
                        progress.onEvent(event);
                        log.onEvent(event);
                    })
                    .onItem(both(manifest));
            choose(builder, workspace);
            RestoreSession session = builder.build();
            cli().interruption.onSignal(session::stop);
            RestoreReport report = session.run();
            requireSomething(of, report);
            if (json()) {
                document(out -> write(out, report, session));
            } else {
                tell(report, session);
            }
            return ExitCode.of(report.outcome());
        }
    }

    /** A name that is misspelt selects nothing, and that must not look like a restore. */
    private void requireSomething(Snapshot of, RestoreReport report) {
        boolean whole = selection().equals(Selection.all());
        if (!whole && !selected && report.outcome() == RestoreReport.Outcome.COMPLETE) {
            throw new ConfigException(
                    "snapshot " + of.sequence() + " of '" + source + "' has nothing that is selected",
                    "Correct --user, --workload, --resource, --item or --path; see list --repository " + repository
                            + " --source " + source);
        }
    }

    /** What cannot be done is said before anything is done. */
    private void requireFitting(Workspace workspace) {
        Words.oneOf("--permissions", permissions, List.of("keep", "report", "none"));
        if (toUser != null && !hasOwners(workspace)) {
            throw new ConfigException(
                    "--to-user is '" + toUser + "', but goes with --to-source and a source that has users only",
                    "Leave it out");
        }
        if (intoFolder != null && destination.directory != null) {
            throw new ConfigException(
                    "--into-folder is '" + intoFolder + "', but goes with --to-source only",
                    "Name that folder with --to-directory itself");
        }
    }

    /** Whether what takes the items back belongs to several users. */
    private boolean hasOwners(Workspace workspace) {
        String to = destination.source;
        return to != null
                && !workspace.configuration().source(to).get("type").text().equals("directory");
    }

    private void choose(RestoreSession.Builder builder, Workspace workspace) {
        if (intoFolder == null && destination.source != null) {
            builder.intoOwnFolder();
        } else if (intoFolder != null && !intoFolder.equals(WHERE_IT_WAS)) {
            builder.intoFolder(intoFolder);
        }
        Optional.ofNullable(toUser).ifPresent(builder::toOwner);
        if (again) {
            builder.again(workspace.runtime().time().now().toString());
        }
        if (dryRun) {
            builder.dryRun();
        }
    }

    private Consumer<RestoredItem> both(RestoreManifest manifest) {
        boolean told = dryRun && !json();
        return item -> {
            selected = true;
            manifest.add(item);
            if (told) {
                print("would restore "
                        + Console.oneLine(String.join("/", item.item().path())));
            }
        };
    }

    private Conflict conflict() {
        Words.oneOf("--conflict", conflict, List.of("skip", "replace", "keep-both"));
        return Conflict.valueOf(conflict.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private Selection selection() {
        return new Selection(
                new LinkedHashSet<>(users),
                new LinkedHashSet<>(workloads),
                resources.stream().map(ResourceId::new).collect(Collectors.toSet()),
                items.stream().map(ItemKey::new).collect(Collectors.toSet()),
                Optional.ofNullable(path));
    }

    /** Trees of a directory source come back as trees; everything else as files for people. */
    private RestoreDestination destination(Workspace workspace, Repository open, Snapshot of) {
        Path folder = destination.directory;
        if (folder == null) {
            return RestoreTargets.source(workspace.source(String.valueOf(destination.source)));
        }
        boolean trees =
                open.resources(of).stream().allMatch(each -> each.id().value().startsWith("files:"));
        return trees
                ? DirectoryConnector.restoreUnder(folder.resolve(fileName(source)))
                : RestoreTargets.directory(folder, Microsoft365.renderers());
    }

    private String targetName() {
        Path folder = destination.directory;
        return folder == null
                ? "source " + destination.source
                : "folder " + folder.toAbsolutePath().normalize();
    }

    /** The name of a source as the name of one folder. */
    static String fileName(String source) {
        String escaped = source.replace("%", "%25").replace("/", "%2F").replace("\0", "%00");
        return escaped.equals(".") || escaped.equals("..") ? escaped.replace(".", "%2E") : escaped;
    }

    private static void write(JsonOut out, RestoreReport report, RestoreSession session) {
        out.object(() -> {
            out.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
            out.object(
                    "items",
                    () -> out.put("restored", report.restored())
                            .put("already_there", report.alreadyThere())
                            .put("skipped", report.skipped())
                            .put("failed", report.failed()));
            out.array(
                    "failures",
                    () -> report.failures()
                            .forEach(each -> out.object(() -> out.put(
                                            "key", each.item().entry().key().value())
                                    .put("kind", each.item().entry().kind().name())
                                    .put("cause", each.trouble().orElse("")))));
            out.array("unreadable", () -> report.unreadable().forEach(out::text));
            out.array("put_aside", () -> report.putAside().forEach(out::text));
            out.array("remarks", () -> report.remarks().forEach(out::text));
            session.intoFolder().ifPresent(folder -> out.put("into_folder", folder));
            out.put("duration_ms", report.duration().toMillis());
        });
    }

    private void tell(RestoreReport report, RestoreSession session) {
        print(report.outcome().name().toLowerCase(Locale.ROOT) + ": " + report.restored() + " restored, "
                + report.alreadyThere() + " already there, " + report.skipped() + " skipped, " + report.failed()
                + " failed; " + Progress.size(report.bytes()) + ", "
                + report.duration().toMillis() + " ms"
                + session.intoFolder()
                        .map(folder -> "; into '" + Console.oneLine(folder) + "'")
                        .orElse(""));
        report.failures()
                .forEach(each -> print("failed: "
                        + Console.oneLine(String.join("/", each.item().path())) + ": "
                        + Console.oneLine(each.trouble().orElse(""))));
        report.unreadable().forEach(each -> print("unreadable: " + Console.oneLine(each)));
        report.putAside().forEach(each -> print("put aside: " + Console.oneLine(each)));
        report.remarks().forEach(each -> print("remark: " + Console.oneLine(each)));
    }
}
