// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mailboxes of a simulated tenant, backed up by whole sessions. */
final class MailBackupTest {
    private final TenantRig rig = new TenantRig();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void storesEachMessageAndThenNothingThatDidNotChange() {
        rig.fill(ada.mailbox().inbox(), 130);
        BackupReport first = rig.backUp();

        System.out.println(first);
        System.out.println(rig.asked());
        System.out.println(rig.simulator.ledger().violations());
        assertThat(first.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        rig.time.advance(Duration.ofHours(4));
        BackupReport second = rig.backUp();
        System.out.println(second);
        System.out.println(rig.asked());
        assertThat(second.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(second.items().stored()).isZero();
    }
}
