// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.drift.DriftEvent;
import io.holdfast.manifest.PartEntry;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.services.ServiceMemory;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that answers from one day to the next what it never answered before. */
final class DriftTest {
    private static final String LISTING = "mail.messages.list";

    private final TenantRig rig = new TenantRig();
    private final GraphFolder inbox =
            rig.tenant.addUser("ada", "Ada Example").mailbox().inbox();

    @AfterEach
    void close() {
        rig.close();
    }

    private BackupReport backUp(Map<String, String> altered) {
        rig.fill(inbox, 12);
        rig.time.advance(Duration.ofHours(4));
        return rig.backUp(rig.builder()
                .transport(new AlteredAnswers(rig.simulator.transport(), altered))
                .build());
    }

    private List<String> drift() {
        return ServiceMemory.drift(rig.repository.observations(rig.latest())).stream()
                .filter(each -> each.operation().equals(LISTING))
                .map(each -> (each.kind() + " " + each.path() + " " + each.what()).trim())
                .toList();
    }

    @Test
    void aFirstSessionLearnsAndTellsNothing() {
        assertThat(backUp(Map.of()).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(backUp(Map.of()).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);

        assertThat(ServiceMemory.drift(rig.repository.observations(rig.latest())))
                .isEmpty();
    }

    @Test
    void whatIsNewIsToldOnceWithItsPlaceAndTheBackupGoesOn() {
        backUp(Map.of());
        Map<String, String> tomorrow = Map.of(
                "\"importance\":\"normal\"", "\"importance\":\"critical\"",
                "\"isDraft\":false", "\"isDraft\":\"no\",\"reactions\":[{\"mood\":7}]");

        BackupReport report = backUp(tomorrow);

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(drift())
                .containsExactlyInAnyOrder(
                        "VALUE importance critical",
                        "TYPE isDraft STRING",
                        "FIELD reactions",
                        "FIELD reactions[]",
                        "FIELD reactions[].mood");
        List<String> before = drift();
        backUp(tomorrow);
        assertThat(drift()).isEqualTo(before);
        assertThat(storedMessages()).contains("\"importance\":\"critical\"", "\"reactions\":[{\"mood\":7}]");
    }

    @Test
    void namesThatATenantChoseAreNotTold() {
        backUp(Map.of());
        backUp(
                Map.of(
                        "\"isDraft\":false",
                        "\"isDraft\":false,\"extabc_Secret\":1,\"fields\":{\"Salary\":\"7\"},\"extensions\":[{\"Diagnosis\":\"x\"}]"));

        assertThat(drift())
                .containsExactlyInAnyOrder(
                        "FIELD []",
                        "FIELD fields",
                        "FIELD fields[]",
                        "FIELD extensions",
                        "FIELD extensions[]",
                        "FIELD extensions[][]");
    }

    @Test
    void aCodeThatNobodyKnowsIsToldAndOneWhoseMeaningIsKnownIsNot() {
        backUp(Map.of());
        rig.simulator.strike(
                FaultRule.of(GraphFault.BUSY_FOR_SECONDS).on("message.list").times(1));
        backUp(Map.of());
        assertThat(drift()).isEmpty();

        rig.simulator.strike(
                FaultRule.of(GraphFault.UNHEARD_OF).on("message.list").times(1));
        backUp(Map.of());

        assertThat(drift()).containsExactly("CODE  503 ErrorUnheardOf");
    }

    @Test
    void theEventSaysWhenAndInWhichOperation() {
        backUp(Map.of());
        backUp(Map.of("\"importance\":\"normal\"", "\"importance\":\"critical\""));

        assertThat(ServiceMemory.drift(rig.repository.observations(rig.latest())))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.kind()).isEqualTo(DriftEvent.Kind.VALUE))
                .allSatisfy(each -> assertThat(each.at()).isBefore(rig.time.now()));
    }

    private String storedMessages() {
        StringBuilder all = new StringBuilder();
        for (ResourceSummary resource : rig.repository.resources(rig.latest())) {
            rig.repository.items(
                    rig.latest(),
                    resource.id(),
                    item -> item.entry().parts().stream()
                            .filter(part -> part.name().equals("message"))
                            .forEach(part -> all.append(text(part))));
        }
        return all.toString();
    }

    private String text(PartEntry part) {
        try (InputStream in = rig.repository.read(rig.latest(), part)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
