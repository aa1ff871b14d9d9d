// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.UserKind;
import io.holdfast.source.Resource;
import io.holdfast.source.Resource.Reason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who and what is in a tenant and covered by no workload. */
final class BystandersTest {
    private static final String GROUPS = "Group.Read.All";

    private static Set<String> roles(boolean groups) {
        Set<String> roles = new TreeSet<>(GraphApp.MAIL_ROLES);
        roles.remove(GROUPS);
        roles.addAll(groups ? Set.of(GROUPS) : Set.of());
        return roles;
    }

    private static List<String> uncovered(TenantRig rig) {
        BackupReport report = rig.backUp();
        assertThat(report.outcome()).as("it is no fault of the backup").isEqualTo(BackupReport.Outcome.COMPLETE);
        return report.resources().discovered().stream()
                .filter(each -> each.notCovered().isPresent())
                .map(each -> each.workload() + " " + each.owner() + " " + why(each))
                .toList();
    }

    private static String why(Resource resource) {
        Resource.NotCovered why = resource.notCovered().orElseThrow();
        return why.reason() + " " + why.detail().replaceAll("^(a guest|a group|deleted on [^:]*):.*", "$1");
    }

    private static TenantRig tenant(boolean groups) {
        TenantRig rig = new TenantRig(roles(groups));
        rig.tenant.addUser("ada", "Ada Example");
        rig.tenant.addUser("visitor", "A Visitor", UserKind.GUEST);
        rig.tenant.addGroup("crew", "The Crew", true);
        rig.tenant.addUser("gone", "Gone Example").remove();
        return rig;
    }

    @Test
    void guestsGroupsAndDeletedUsersAreNamedWithTheReason() {
        try (TenantRig rig = tenant(true)) {
            String domain = rig.tenant.domain();

            assertThat(uncovered(rig))
                    .hasSize(3)
                    .anySatisfy(each -> assertThat(each).startsWith("directory").endsWith("NOT_REACHABLE a guest"))
                    .anySatisfy(
                            each -> assertThat(each).isEqualTo("directory crew@" + domain + " NOT_SUPPORTED a group"))
                    .anySatisfy(each -> assertThat(each).contains("gone").contains("NOT_REACHABLE deleted on "));
            assertThat(rig.asked()).containsEntry("group.list", 1L).containsEntry("user.listDeleted", 1L);
        }
    }

    @Test
    void groupsAreNotAskedForWithoutThePermissionThatNothingElseNeedsAndThatIsSaid() {
        try (TenantRig rig = tenant(false)) {
            assertThat(uncovered(rig))
                    .hasSize(3)
                    .noneMatch(each -> each.contains("crew"))
                    .contains("directory  NOT_REACHABLE they cannot be listed: the application lacks " + GROUPS);
            assertThat(rig.asked()).doesNotContainKey("group.list");
        }
    }

    @Test
    void aDirectoryThatDoesNotTellOfItsBinStopsNothing() {
        try (TenantRig rig = tenant(true)) {
            rig.simulator.strike(FaultRule.of(GraphFault.REQUEST_DENIED).on("user.listDeleted"));

            assertThat(uncovered(rig))
                    .hasSize(3)
                    .anySatisfy(each -> assertThat(each)
                            .startsWith("directory  " + Reason.NOT_REACHABLE + " they cannot be listed: "));
        }
    }
}
