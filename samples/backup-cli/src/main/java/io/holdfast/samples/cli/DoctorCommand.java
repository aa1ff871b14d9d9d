// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.diagnosis.Finding;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.SourceException;
import io.holdfast.error.StoreException;
import io.holdfast.model.SourceId;
import io.holdfast.pacing.Scope;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoreProof;
import io.holdfast.retry.FailureException;
import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.samples.cli.config.ConfigNode;
import io.holdfast.services.Services;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Feed;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceContext;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCapabilities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says layer by layer what works, and stops at the first layer that does not. */
@Command(name = "doctor", description = "Diagnoses a source or a repository, layer by layer.")
final class DoctorCommand extends Task {
    @ArgGroup(multiplicity = "1")
    private Patient patient = new Patient();

    /** What to look at. */
    static final class Patient {
        @Option(names = "--source", paramLabel = "S", description = "name of the source")
        private @Nullable String source;

        @Option(names = "--repository", paramLabel = "R", description = "name of the repository")
        private @Nullable String repository;
    }

    private final List<Layer> layers = new ArrayList<>();

    @Override
    int run(Workspace workspace) throws IOException {
        String source = patient.source;
        Optional<RuntimeException> broken =
                source != null ? source(workspace, source) : repository(workspace, String.valueOf(patient.repository));
        if (json()) {
            document(out -> out.object(() -> {
                out.put("outcome", broken.isEmpty() ? "healthy" : "broken");
                out.array(
                        "layers",
                        () -> layers.forEach(each -> out.object(() ->
                                out.put("layer", each.name).put("ok", each.ok).put("detail", each.detail))));
            }));
        } else {
            layers.forEach(each -> print(String.format(
                    "%-14s %-7s %s", each.name, each.ok ? "ok" : "BROKEN", Console.oneLine(each.detail))));
        }
        return broken.map(e -> code(e, source != null)).orElse(ExitCode.COMPLETE);
    }

    private static int code(RuntimeException e, boolean ofSource) {
        if (e instanceof ConfigException) {
            return ExitCode.USAGE;
        }
        return e instanceof HoldfastException known
                ? ExitCode.of(known)
                : ofSource ? ExitCode.SOURCE : ExitCode.REPOSITORY;
    }

    private Optional<RuntimeException> source(Workspace workspace, String name) {
        String[] layer = {"configuration"};
        try {
            var connector = workspace.source(name);
            passed(layer, "source '" + name + "'", "open");
            try (Source open = connector.open(
                    new SourceContext(workspace.runtime(), workspace.runtime().memory()))) {
                passed(layer, "the source answers", "discovery");
                examined(Services.of(workspace.runtime()).examine());
                List<Resource> resources = protectedResources(open);
                passed(layer, resources.size() + " protected resources", "change feed");
                for (Resource resource : resources) {
                    for (Feed feed : open.feeds(resource)) {
                        try (ChangePage page = open.changes(resource, feed, Optional.empty())) {
                            page.next();
                        }
                        passed(layer, "feed '" + feed.id() + "' of " + resource.id() + " begins", "change feed");
                    }
                }
            }
            return Optional.empty();
        } catch (HoldfastException | ConfigException | FailureException e) {
            return failed(layer, e);
        }
    }

    /** Sources that talk to services over a network have a doctor who looks at each layer on the way there. */
    private void examined(Map<Scope, Diagnosis> diagnoses) {
        diagnoses
                .values()
                .forEach(diagnosis -> diagnosis
                        .findings()
                        .forEach(each -> layers.add(new Layer(
                                each.layer().name().toLowerCase(Locale.ROOT),
                                each.condition() == Finding.Condition.OK,
                                each.target() + ": " + each.detail()))));
        diagnoses.values().stream()
                .filter(each -> !each.causes().isEmpty())
                .findFirst()
                .ifPresent(each -> {
                    throw new SourceException(
                            ErrorCode.SOURCE_UNAVAILABLE, each.verdict(), "Do what the verdict says, and ask again");
                });
    }

    private static List<Resource> protectedResources(Source open) {
        List<Resource> resources = new ArrayList<>();
        try (Pull<Resource> all = open.discover()) {
            for (Resource each = all.next(); each != null; each = all.next()) {
                if (each.notCovered().isEmpty()) {
                    resources.add(each);
                }
            }
        }
        return resources;
    }

    private Optional<RuntimeException> repository(Workspace workspace, String name) {
        String[] layer = {"configuration"};
        try {
            ConfigNode node = workspace.configuration().repository(name);
            passed(layer, "repository '" + name + "'", "store");
            ObjectStore store = workspace.store(node, false);
            passed(layer, store.describe() + ": " + abilities(store.capabilities()), "key");
            Repository open = workspace.open(name);
            passed(layer, "repository " + open.id() + ", opened by " + slot(open), "snapshots");
            for (SourceId source : open.sources()) {
                Optional<Snapshot> latest = open.latest(source);
                passed(
                        layer,
                        "source '" + source + "': "
                                + latest.map(s -> "snapshot " + s.sequence() + " of " + Console.time(s.committed()))
                                        .orElse("none"),
                        "snapshots");
            }
            layer[0] = "proof";
            passed(layer, proof(open), "");
            return Optional.empty();
        } catch (HoldfastException | ConfigException e) {
            return failed(layer, e);
        }
    }

    /** What the store says it can do. */
    private static String abilities(StoreCapabilities can) {
        return Stream.of(
                        word(can.conditionalCreate(), "conditional create"),
                        word(can.conditionalReplace(), "conditional replace"),
                        word(can.retention(), "retention"),
                        word(can.legalHold(), "legal hold"),
                        word(can.versions(), "versions"),
                        word(can.listsAfterWrite(), "lists what was just written"))
                .collect(Collectors.joining(", "));
    }

    /** What the store was seen to do; a store that may only be read cannot be tried, and can be read all the same. */
    private static String proof(Repository open) {
        try {
            return verdicts(open.proveStore());
        } catch (StoreException e) {
            if (e.code() != ErrorCode.STORE_READ_ONLY && e.code() != ErrorCode.STORE_PERMISSION) {
                throw e;
            }
            return "not made, since nothing can be written: " + e.getMessage()
                    + open.storeProof()
                            .map(last -> "; at " + Console.time(last.made()) + ": " + verdicts(last))
                            .orElse("");
        }
    }

    private static String verdicts(StoreProof proof) {
        return proof.verdicts().entrySet().stream()
                        .map(each -> words(each.getKey()) + " " + words(each.getValue()))
                        .collect(Collectors.joining(", "))
                + ", " + clock(proof);
    }

    private static String clock(StoreProof proof) {
        long seconds = proof.clockDifference().toSeconds();
        return "its clock "
                + (seconds == 0 ? "as ours" : Math.abs(seconds) + " s " + (seconds > 0 ? "ahead" : "behind"))
                + " (up to " + StoreProof.CLOCK_TOLERANCE.toSeconds() + " s is fine)";
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String word(boolean able, String ability) {
        return able ? ability : "no " + ability;
    }

    private static String slot(Repository open) {
        return open.keys().stream()
                .filter(each -> each.current())
                .map(each -> each.provider() + " slot " + each.id())
                .findFirst()
                .orElse("its key");
    }

    private void passed(String[] layer, String detail, String next) {
        layers.add(new Layer(layer[0], true, detail));
        layer[0] = next;
    }

    private Optional<RuntimeException> failed(String[] layer, RuntimeException e) {
        String remedy = e instanceof HoldfastException known
                ? known.code().id() + ": " + known.getMessage() + ". " + known.remedy()
                : e instanceof ConfigException wrong
                        ? wrong.getMessage() + ". " + wrong.remedy()
                        : String.valueOf(e.getMessage());
        layers.add(new Layer(layer[0], false, remedy));
        return Optional.of(e);
    }

    /** One layer and what was found. */
    private record Layer(String name, boolean ok, String detail) {}
}
