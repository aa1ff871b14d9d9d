// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.model.ResourceId;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.UserKind;
import io.holdfast.source.Resource;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenant with so many sites and mailboxes that some question about them always fails. */
final class LargeTenantTest {
    private static final int SITES = 150;
    private static final int MAILBOXES = 100;

    private final TenantRig rig = TenantRig.of(EnumSet.allOf(M365Workload.class), 2);

    @AfterEach
    void close() {
        rig.close();
    }

    private void fill() {
        for (int i = 0; i < SITES; i++) {
            rig.tenant.addSite("site" + i, "Site " + i);
        }
        for (int i = 0; i < MAILBOXES; i++) {
            rig.tenant.addUser("shared" + i, "Shared " + i, UserKind.SHARED);
            rig.tenant.addUser("user" + i, "User " + i).drive();
        }
    }

    private List<Resource> discovered() {
        BackupReport report = rig.backUp();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(BackupReport.Outcome.COMPLETE);
        return report.resources().discovered();
    }

    @Test
    void isListedToItsEndThoughEachTenthQuestionFails() {
        fill();
        List<Resource> quiet = discovered();
        rig.simulator.strike(
                FaultRule.of(GraphFault.INTERNAL_ERROR).on("site.drives").rate(0.1));
        rig.simulator.strike(
                FaultRule.of(GraphFault.GATEWAY_TIMEOUT).on("calendar.get").rate(0.1));
        rig.simulator.strike(
                FaultRule.of(GraphFault.INTERNAL_ERROR).on("contactFolder.get").rate(0.1));

        assertThat(discovered()).containsExactlyInAnyOrderElementsOf(quiet);
        assertThat(rig.asked("site.drives"))
                .as("each site once, and those that failed once more")
                .isBetween((long) SITES + MAILBOXES, (SITES + MAILBOXES) * 13L / 10);
        assertThat(rig.asked("user.list")).isEqualTo(1);
        assertThat(rig.asked("site.list")).as("two pages, one of them twice").isEqualTo(3);
    }

    @Test
    void aDriveWhoseUserWasRenamedIsFoundByItsOwner() {
        GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
        ada.drive();
        GraphUser bob = rig.tenant.addUser("bob", "Bob Example");
        ResourceId before = drive(discovered(), ada).id();
        ada.set("userPrincipalName", "lovelace@contoso.example");
        GraphUser other = rig.tenant.addUser("ada", "Another Ada");

        List<Resource> after = discovered();

        assertThat(drive(after, ada).id()).isEqualTo(before);
        assertThat(drive(after, ada).owner()).isEqualTo("lovelace@contoso.example");
        assertThat(drive(after, other).notCovered().orElseThrow().reason()).isEqualTo(Resource.Reason.NOT_PROVISIONED);
        assertThat(drive(after, bob).notCovered().orElseThrow().reason()).isEqualTo(Resource.Reason.NOT_PROVISIONED);
    }

    private static Resource drive(List<Resource> all, GraphUser user) {
        return all.stream()
                .filter(each ->
                        each.workload().equals("onedrive") && each.owner().equals(user.principalName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no drive of " + user.principalName()));
    }
}
