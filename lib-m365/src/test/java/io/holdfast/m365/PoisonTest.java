// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport.Outcome;
import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.FileFlaw;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One item is poison for ever and one is flaky: the first stays in the ledger with its cause and is tried by the schedule alone, the second arrives later.
 * Messages are in {@link MailTroublesTest}.
 */
final class PoisonTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);
    /** At once, in the next session, then after 4 hours, 1, 3 and 7 days. */
    private static final int TRIES_IN_12_DAYS = 6;

    private TenantRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    private GraphUser begin(M365Workload workload) {
        rig = TenantRig.of(EnumSet.of(workload), 1);
        return rig.tenant.addUser("ada", "Ada Example");
    }

    /** Backs up each three hours for twelve days, in which nothing changes; the flaky one is healed after the first session. */
    private void assertTriedByTheSchedule(String poison, Runnable heal, Supplier<Long> reads, Truth truth) {
        int tried = 0;
        for (int session = 0; session < 4 * 24; session++) {
            rig.time.advance(Duration.ofHours(3));
            long before = reads.get();
            rig.backUp();
            boolean isFirst = session == 0;
            tried += reads.get() > before ? 1 : 0;
            if (isFirst) {
                assertThat(rig.failures()).hasSize(2);
                heal.run();
            }
        }
        assertThat(tried).isEqualTo(TRIES_IN_12_DAYS);
        assertThat(rig.failures()).singleElement().satisfies(open -> {
            assertThat(open.key().value()).isEqualTo(poison);
            assertThat(open.attempts()).isEqualTo(TRIES_IN_12_DAYS);
            assertThat(open.cause()).isNotEmpty();
        });
        truth.heal();
        rig.time.advance(Duration.ofDays(8));
        assertThat(rig.backUp().outcome()).isEqualTo(Outcome.COMPLETE);
        truth.assertStored();
    }

    private long asked(String... operations) {
        long sum = 0;
        for (String each : operations) {
            sum += rig.simulator.ledger().count(each);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(
            value = M365Workload.class,
            names = {"ONEDRIVE", "SHAREPOINT"})
    void aPoisonFileIsTriedByTheScheduleAndAFlakyOneArrivesLater(M365Workload workload) {
        GraphUser ada = begin(workload);
        DriveTruth truth = (DriveTruth) Truth.of(workload, rig, ada);
        truth.fill();
        GraphDriveItem poison = truth.drive().find("file 0.bin").orElseThrow();
        GraphDriveItem flaky = truth.drive().find("file 4.bin").orElseThrow();
        poison.spoil(FileFlaw.POISON);
        flaky.spoil(FileFlaw.POISON);
        assertTriedByTheSchedule(poison.id(), flaky::heal, () -> asked("drive.content"), truth);
    }

    @Test
    void aPoisonEventIsTriedByTheScheduleAndAFlakyOneArrivesLater() {
        GraphUser ada = begin(M365Workload.CALENDAR);
        for (int i = 0; i < 20; i++) {
            rig.time.advance(Duration.ofMinutes(1));
            ada.mailbox().calendar().add(EventDraft.allDay("Event " + i, MONDAY.plusDays(i), 1));
        }
        GraphEvent poison = ada.mailbox().calendar().events().get(3);
        GraphEvent flaky = ada.mailbox().calendar().events().get(7);
        poison.spoil();
        flaky.spoil();
        assertTriedByTheSchedule(
                poison.immutableId(), flaky::heal, () -> asked("event.get"), new CalendarTruth(rig, ada));
    }

    @Test
    void aPoisonContactIsTriedByTheScheduleAndAFlakyOneArrivesLater() {
        GraphUser ada = begin(M365Workload.CONTACTS);
        for (int i = 0; i < 20; i++) {
            rig.time.advance(Duration.ofMinutes(1));
            ada.mailbox().contacts().add("Person " + i, "person" + i + "@elsewhere.example");
        }
        GraphContact poison = ada.mailbox().contacts().contacts().get(3);
        GraphContact flaky = ada.mailbox().contacts().contacts().get(7);
        poison.spoil();
        flaky.spoil();
        assertTriedByTheSchedule(
                poison.immutableId(), flaky::heal, () -> asked("contact.get"), new ContactTruth(rig, ada));
    }
}
