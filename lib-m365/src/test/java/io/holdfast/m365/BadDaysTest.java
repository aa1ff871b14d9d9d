// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.error.SourceException;
import io.holdfast.simulators.graph.GraphChaos;
import io.holdfast.simulators.graph.GraphUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole sessions on the bad days of the service, on simulated time: whatever happens, everything is stored or stands in the ledger, the report's numbers add
 * up, nobody asks before the time, and when the days are over everything is stored.
 */
final class BadDaysTest {
    private static final int BAD_SESSIONS = 3;

    /** Days that some workloads have nothing of. */
    private static final Map<GraphChaos, Set<M365Workload>> ELSEWHERE = Map.ofEntries(
            entry(GraphChaos.EXPIRED_TRANSFERS, EnumSet.of(M365Workload.ONEDRIVE, M365Workload.SHAREPOINT)),
            entry(
                    GraphChaos.CORRUPT_ITEMS,
                    EnumSet.of(M365Workload.MAIL, M365Workload.CALENDAR, M365Workload.CONTACTS)),
            entry(GraphChaos.CORRUPT_ATTACHMENTS, EnumSet.of(M365Workload.MAIL, M365Workload.CALENDAR)),
            entry(
                    GraphChaos.POISON_ITEMS,
                    EnumSet.of(M365Workload.MAIL, M365Workload.ONEDRIVE, M365Workload.SHAREPOINT)),
            entry(GraphChaos.SPARSE_UPDATES, EnumSet.of(M365Workload.MAIL)),
            entry(GraphChaos.PAGE_SHIFT, EnumSet.of(M365Workload.MAIL, M365Workload.CALENDAR, M365Workload.CONTACTS)));

    /** Days on which no request is struck: lists, items or tokens are not as usual. */
    private static final Set<GraphChaos> UNSTRUCK = EnumSet.of(
            GraphChaos.EXPIRED_TRANSFERS,
            GraphChaos.UNAUTHORIZED_IN_MID_RUN,
            GraphChaos.CORRUPT_ITEMS,
            GraphChaos.CORRUPT_ATTACHMENTS,
            GraphChaos.POISON_ITEMS,
            GraphChaos.VANISHING_ITEMS,
            GraphChaos.LOST_TOMBSTONES,
            GraphChaos.MOVES_THERE_AND_BACK,
            GraphChaos.SPARSE_UPDATES,
            GraphChaos.NEXT_LINK_LOOP,
            GraphChaos.REPEATS,
            GraphChaos.EMPTY_PAGES,
            GraphChaos.PAGE_SHIFT,
            GraphChaos.WRITES_THAT_FAIL_AFTERWARDS,
            GraphChaos.DELTA_GONE_WITH_LOCATION,
            GraphChaos.DELTA_RESYNC_REQUIRED,
            GraphChaos.DELTA_NOT_FOUND,
            GraphChaos.DELTA_MALFORMED);

    private final List<Truth> truths = new ArrayList<>();
    private TenantRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    private void begin(int threads, M365Workload... workloads) {
        rig = TenantRig.of(EnumSet.copyOf(Arrays.asList(workloads)), threads);
        GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
        for (M365Workload each : workloads) {
            truths.add(Truth.of(each, rig, ada));
        }
        truths.forEach(Truth::fill);
    }

    static Stream<Arguments> days() {
        return Stream.of(GraphChaos.values())
                .flatMap(day -> Stream.of(M365Workload.values())
                        .filter(each -> !ELSEWHERE.containsKey(day)
                                || ELSEWHERE.get(day).contains(each))
                        .map(each -> Arguments.of(day, each)));
    }

    private void live(int day) {
        truths.forEach(each -> each.live(day));
    }

    /** A session; one that cannot even begin says why, and that is all right on a bad day. */
    private Optional<BackupReport> backUp() {
        rig.time.advance(Duration.ofHours(5));
        try {
            BackupReport report = rig.backUp();
            assertAddsUp(report);
            return Optional.of(report);
        } catch (SourceException e) {
            assertThat(e.getMessage()).as("what went wrong").contains("source 'contoso'");
            return Optional.empty();
        }
    }

    private static void assertAddsUp(BackupReport report) {
        BackupReport.Items items = report.items();
        assertThat(items.stored()
                        + items.unchanged()
                        + items.removed()
                        + items.gone()
                        + items.skipped()
                        + items.degraded()
                        + items.failed())
                .isEqualTo(items.discovered());
        boolean caughtUp = report.resources().notCaughtUp().isEmpty();
        assertThat(report.outcome() == Outcome.COMPLETE)
                .as(report.toString())
                .isEqualTo(caughtUp && items.openFailures() == 0);
    }

    /** What a session calls caught up is stored whole or stands in the ledger. */
    private void assertNothingLostWithoutALine(BackupReport report) {
        if (report.snapshot().isPresent()) {
            truths.stream()
                    .filter(each -> !report.resources().notCaughtUp().containsKey(each.resource()))
                    .forEach(Truth::assertNothingLostWithoutALine);
        }
    }

    private void liveThroughBadDays(int sessions) {
        for (int session = 0; session < sessions; session++) {
            backUp().ifPresent(this::assertNothingLostWithoutALine);
            live(session);
        }
        rig.simulator.calm();
        truths.forEach(Truth::heal);
        // By then whatever the ledger puts off is due.
        rig.time.advance(Duration.ofDays(1));
    }

    /** How many sessions it takes until everything is stored. */
    private void completeWithin(int most) {
        BackupReport last = null;
        for (int session = 1; session <= most; session++) {
            last = backUp().orElse(null);
            if (last != null
                    && last.outcome() == Outcome.COMPLETE
                    && rig.failures().isEmpty()) {
                return;
            }
        }
        throw new AssertionError("not complete after " + most + " sessions: " + last + rig.failures());
    }

    private void badDay(GraphChaos kind) {
        kind.begin(rig.simulator);
        liveThroughBadDays(BAD_SESSIONS);
        completeWithin(4);
        if (kind == GraphChaos.LOST_TOMBSTONES) {
            // A removal that nobody tells of leaves the item where it is stored.
            truths.forEach(Truth::assertHeld);
        } else {
            truths.forEach(Truth::assertStored);
        }
    }

    @ParameterizedTest
    @EnumSource(GraphChaos.class)
    void aBadDayFromTheBeginningCostsTimeAndNothingElse(GraphChaos kind) {
        begin(1, M365Workload.MAIL);
        badDay(kind);
        assertThat(rig.simulator.ledger().totals().struck() > 0)
                .as("struck by " + kind)
                .isEqualTo(!UNSTRUCK.contains(kind));
    }

    @ParameterizedTest
    @MethodSource("days")
    void aBadDayAfterAGoodOneCostsTimeAndNothingElse(GraphChaos kind, M365Workload workload) {
        begin(1, workload);
        completeWithin(1);
        live(10);
        badDay(kind);
    }

    private void allBadDaysAtOnce(int sessions) {
        for (GraphChaos kind : GraphChaos.values()) {
            // Without a single token nothing would be seen of all the others.
            if (kind != GraphChaos.IDENTITY_OUT && kind != GraphChaos.LOST_TOMBSTONES) {
                kind.begin(rig.simulator);
            }
        }
        liveThroughBadDays(sessions);
        completeWithin(6);
        truths.forEach(Truth::assertStored);
    }

    @ParameterizedTest
    @EnumSource(M365Workload.class)
    void allBadDaysAtOnceCostTimeAndNothingElse(M365Workload workload) {
        begin(1, workload);
        allBadDaysAtOnce(2 * BAD_SESSIONS);
    }

    @Test
    void allBadDaysAtOnceCostAWholeTenantTimeAndNothingElse(@TempDir Path folder) {
        begin(2, M365Workload.values());
        allBadDaysAtOnce(2 * BAD_SESSIONS);
        assertThat(rig.simulator.ledger().totals().struck()).isGreaterThan(100);

        rig.restoreTo(folder);
        assertThat(folder).isNotEmptyDirectory();
    }
}
