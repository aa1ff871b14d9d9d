// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.RestoreReport;
import io.holdfast.Selection;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.source.Resource;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People who leave, or lose their licence, and sites that are deleted: what was theirs stays restorable from every later snapshot. Mail is in {@link MailAccessTest}. */
final class LeaversTest {
    private TenantRig rig;
    private GraphUser bob;
    private Truth truth;

    @AfterEach
    void close() {
        rig.close();
    }

    private void begin(M365Workload workload) {
        rig = TenantRig.of(EnumSet.of(workload), 2);
        rig.tenant.addUser("ada", "Ada Example");
        bob = rig.tenant.addUser("bob", "Bob Example");
        truth = Truth.of(workload, rig, bob);
        truth.fill();
        rig.backUp();
    }

    /** Gives somebody new what Bob had. */
    private void assertRestorable(int session) {
        GraphUser heir = rig.tenant.addUser("heir" + session, "Heir " + session);
        if (truth instanceof DriveTruth) {
            heir.drive();
        }
        RestoreReport report = rig.restore(how ->
                how.selecting(Selection.resources(truth.resource().value())).toOwner(heir.principalName()));
        assertThat(report.failed()).as(report.toString()).isZero();
        truth.assertRestoredTo(heir);
    }

    private boolean isDeparted() {
        return rig.repository.resources(rig.latest()).stream()
                .filter(each -> each.id().equals(truth.resource()))
                .anyMatch(each -> each.departedSince().isPresent());
    }

    @ParameterizedTest
    @EnumSource(
            value = M365Workload.class,
            names = {"CALENDAR", "CONTACTS", "ONEDRIVE"})
    void aLeaverStaysRestorableFromEveryLaterSnapshot(M365Workload workload) {
        begin(workload);
        bob.remove();
        for (int session = 1; session <= 2; session++) {
            rig.time.advance(Duration.ofDays(20));
            rig.backUp();
            assertThat(isDeparted()).isTrue();
            assertRestorable(session);
            bob.purge();
        }
    }

    @Test
    void aDeletedSiteStaysRestorableFromEveryLaterSnapshot() {
        begin(M365Workload.SHAREPOINT);
        ((DriveTruth) truth).drive().site().remove();
        for (int session = 1; session <= 2; session++) {
            rig.time.advance(Duration.ofDays(20));
            rig.backUp();
            assertThat(isDeparted()).isTrue();
            assertRestorable(session);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = M365Workload.class,
            names = {"CALENDAR", "CONTACTS", "ONEDRIVE"})
    void whoLosesALicenceStaysRestorable(M365Workload workload) {
        begin(workload);
        bob.license(false);
        rig.time.advance(Duration.ofHours(5));

        assertThat(rig.backUp().resources().discovered())
                .filteredOn(each -> each.owner().equals(bob.principalName()))
                .filteredOn(each -> each.notCovered().isPresent())
                .allSatisfy(each ->
                        assertThat(each.notCovered().orElseThrow().reason()).isEqualTo(Resource.Reason.NOT_LICENSED));
        assertRestorable(1);
    }
}
