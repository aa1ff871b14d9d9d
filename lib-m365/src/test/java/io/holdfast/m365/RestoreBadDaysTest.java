// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreReport.Outcome;
import io.holdfast.Selection;
import io.holdfast.error.SourceException;
import io.holdfast.error.TargetException;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphChaos;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Restores on the bad days of the service: what could not be put is named, a second run completes it, and nothing is there twice. */
final class RestoreBadDaysTest {
    /** Days that have something for whoever writes; on the others, lists of changes are not as usual. */
    private static final Set<GraphChaos> DAYS = EnumSet.of(
            GraphChaos.THROTTLED_FOR_SECONDS,
            GraphChaos.THROTTLED_FOR_A_FRACTION,
            GraphChaos.THROTTLED_UNTIL_A_DATE,
            GraphChaos.THROTTLED_WITHOUT_A_WORD,
            GraphChaos.BUSY_WITHOUT_A_WORD,
            GraphChaos.BUSY_FOR_SECONDS,
            GraphChaos.ONE_INTERNAL_ERROR,
            GraphChaos.GATEWAY_TIMEOUTS,
            GraphChaos.EMPTY_NOT_FOUND,
            GraphChaos.INVALID_REQUESTS,
            GraphChaos.SHORT_BODIES,
            GraphChaos.WRONG_BODIES,
            GraphChaos.CUT_BODIES,
            GraphChaos.RESETS,
            GraphChaos.DRIPS,
            GraphChaos.HANGS,
            GraphChaos.UNAUTHORIZED_IN_MID_RUN,
            GraphChaos.EMPTY_PAGES,
            GraphChaos.WRITES_THAT_FAIL_AFTERWARDS,
            GraphChaos.IDENTITY_OUT,
            GraphChaos.IDENTITY_THROTTLED);

    private TenantRig rig;
    private GraphUser ada;
    private GraphUser bob;
    private Truth truth;

    @AfterEach
    void close() {
        rig.close();
    }

    /** A user who has something, all of it backed up, and another one who has nothing. */
    private void begin(M365Workload workload, boolean withLargeOnes) {
        rig = TenantRig.of(EnumSet.of(workload), 2);
        ada = rig.tenant.addUser("ada", "Ada Example");
        bob = rig.tenant.addUser("bob", "Bob Empty");
        if (workload == M365Workload.ONEDRIVE || workload == M365Workload.SHAREPOINT) {
            bob.drive();
        }
        truth = Truth.of(workload, rig, ada);
        truth.fill();
        if (withLargeOnes) {
            addLargeOnes(workload);
        }
        assertThat(rig.backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        rig.time.advance(Duration.ofHours(2));
    }

    /** What goes by upload sessions of several ranges. */
    private void addLargeOnes(M365Workload workload) {
        byte[] large = new byte[11 << 20];
        new Random(9).nextBytes(large);
        if (workload == M365Workload.MAIL) {
            ada.mailbox()
                    .inbox()
                    .add(TenantRig.message("With a large one")
                            .attach(GraphAttachment.file("large.bin", "application/zip", large)));
        } else if (truth instanceof DriveTruth drives) {
            drives.drive().file("Projects/larger.bin", large);
        }
    }

    static Stream<Arguments> days() {
        return DAYS.stream().flatMap(day -> Stream.of(M365Workload.values()).map(each -> Arguments.of(day, each)));
    }

    /** A restore; one that cannot even begin says why. */
    private Optional<RestoreReport> restore() {
        try {
            RestoreReport report = rig.restore(how ->
                    how.selecting(Selection.resources(truth.resource().value())).toOwner(bob.principalName()));
            assertThat(report.outcome() == Outcome.COMPLETE)
                    .as(report.toString())
                    .isEqualTo(report.failed() == 0 && report.putAside().isEmpty());
            assertThat(report.failures()).as("named one by one").hasSize((int) report.failed());
            return Optional.of(report);
        } catch (SourceException | TargetException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private void endTheBadDayAndComplete() {
        rig.simulator.calm();
        rig.time.advance(Duration.ofHours(2));
        assertThat(restore())
                .hasValueSatisfying(report ->
                        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE));
        truth.assertRestoredTo(bob);
    }

    @ParameterizedTest
    @MethodSource("days")
    void aBadDayCostsTimeAndNothingElse(GraphChaos kind, M365Workload workload) {
        begin(workload, false);
        kind.begin(rig.simulator);
        restore();
        endTheBadDayAndComplete();
    }

    @ParameterizedTest
    @EnumSource(M365Workload.class)
    void allBadDaysAtOnceCostTimeAndNothingElse(M365Workload workload) {
        begin(workload, true);
        DAYS.stream().filter(each -> each != GraphChaos.IDENTITY_OUT).forEach(each -> each.begin(rig.simulator));
        restore();
        restore();
        endTheBadDayAndComplete();
    }

    @ParameterizedTest
    @EnumSource(
            value = GraphFault.class,
            names = {
                "NO_UPLOAD",
                "LOST_FOR_A_MOMENT",
                "EXPIRED_ADDRESS",
                "RESET",
                "CUT",
                "HANG_UP",
                "RANGE_NOT_SATISFIABLE",
                "GATEWAY_TIMEOUT",
                "BUSY_FOR_SECONDS"
            })
    void anUploadThatBreaksInItsMiddleEndsInOneFile(GraphFault fault) {
        for (boolean afterwards : new boolean[] {false, true}) {
            for (M365Workload workload : EnumSet.of(M365Workload.MAIL, M365Workload.ONEDRIVE)) {
                begin(workload, true);
                String range = workload == M365Workload.MAIL ? "attachment.upload" : "drive.upload.range";
                FaultRule rule = FaultRule.of(fault).on(range).times(2);
                rig.simulator.strike(afterwards ? rule.afterwards() : rule);

                assertThat(restore())
                        .hasValueSatisfying(report -> assertThat(report.failed())
                                .as(fault + " " + workload + (afterwards ? " afterwards" : "") + report)
                                .isZero());
                truth.assertRestoredTo(bob);
                rig.close();
            }
        }
    }
}
