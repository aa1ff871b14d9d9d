// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.source.FieldPromise;
import io.holdfast.source.FieldPromise.Keeping;
import io.holdfast.source.KindCapability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds COVERAGE.md to what the connector declares; with {@code -Dholdfast.renew=true} it is written anew. */
final class CoverageDocumentTest {
    private static final Path DOCUMENT = Path.of("COVERAGE.md").toAbsolutePath();
    private static final Map<Keeping, String> TITLES = Map.of(
            Keeping.EQUAL, "must be equal", Keeping.MAY_DIFFER, "may differ", Keeping.NOT_KEPT, "cannot be kept");

    @Test
    void theDocumentSaysWhatTheConnectorDeclares() throws IOException {
        String declared = document();
        if (Boolean.getBoolean("holdfast.renew")) {
            Files.writeString(DOCUMENT, declared);
        }

        assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "")
                .as("lib-m365/COVERAGE.md is not what Microsoft365.capabilities() declares; write it anew with: "
                        + "./mvnw -pl lib-m365 -am test -Dtest=CoverageDocumentTest "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dholdfast.renew=true")
                .isEqualTo(declared);
    }

    @Test
    void somethingIsSaidOfTheFieldsOfEveryKindThatIsBackedUp() {
        assertThat(kinds())
                .filteredOn(KindCapability::backsUp)
                .allSatisfy(each ->
                        assertThat(each.fields()).as(each.kind().toString()).isNotEmpty());
        assertThat(kinds())
                .filteredOn(each -> !each.restores())
                .allSatisfy(each -> assertThat(each.fields()).noneMatch(field -> field.keeping() == Keeping.EQUAL));
    }

    /** Drives of users and of sites have the same kinds. */
    private static List<KindCapability> kinds() {
        return Microsoft365.capabilities().values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static String document() {
        List<String> lines = new ArrayList<>(List.of(
                "# What is backed up of Microsoft 365, and what comes back",
                "",
                "Made from `Microsoft365.capabilities()`, which the round-trip tests compare by. Not to be edited:"
                        + " `CoverageDocumentTest` says how to write it anew.",
                "",
                "## Coverage",
                "",
                "| workload | kind | backed up | restored to | written to a directory as | changes are noticed by |"
                        + " lost |",
                "|---|---|---|---|---|---|---|"));
        kinds().forEach(kind -> lines.add(row(
                workloads(kind),
                "`" + kind.kind().name() + "`",
                kind.backsUp() ? "yes" : "no",
                !kind.backsUp()
                        ? "nowhere"
                        : kind.restores()
                                ? "its place, a folder, another user, another tenant, a directory"
                                : "a directory",
                kind.backsUp() ? kind.exports() : "nothing",
                kind.mechanism(),
                kind.lost().isEmpty() ? "nothing" : kind.lost())));
        lines.addAll(List.of(
                "",
                "## Not covered",
                "",
                "Each session names these in its coverage, with the reason: users without a licence or a mailbox, drives that were never set up,"
                        + " locked sites, workloads without consent; guests, whose data is in their own tenants; deleted users, of whom nothing can"
                        + " be read unless they are restored; and groups of Microsoft 365, or that the application may not list them (`Group.Read.All`):"
                        + " their files are backed up with their sites, their conversations are not read, and their calendars are closed to"
                        + " applications.",
                "",
                "No session names these, since Graph v1.0 does not tell of them: in-place archive mailboxes, public folders, the recycle bins of"
                        + " sites.",
                "",
                "## Equality",
                "",
                "What is put back into an empty place of Microsoft 365, compared with what was backed up."));
        kinds().stream().filter(each -> !each.fields().isEmpty()).forEach(kind -> fields(kind, lines));
        return String.join("\n", lines) + "\n";
    }

    private static void fields(KindCapability kind, List<String> lines) {
        lines.addAll(List.of("", "### `" + kind.kind().name() + "`", "", "| field | promise | why |", "|---|---|---|"));
        for (FieldPromise each : kind.fields()) {
            lines.add(row(each.field(), TITLES.get(each.keeping()), each.reason()));
        }
    }

    private static String workloads(KindCapability kind) {
        Set<M365Workload> workloads = Microsoft365.capabilities().entrySet().stream()
                .filter(each -> each.getValue().contains(kind))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        return workloads.stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String row(String... cells) {
        return ("| " + String.join(" | ", cells) + " |").replace("|  |", "| |");
    }
}
