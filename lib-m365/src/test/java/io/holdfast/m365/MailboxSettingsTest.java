// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.BackupReport;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules, categories and settings of mailboxes, which no feed tells of, are read once in a while. */
final class MailboxSettingsTest {
    private final TenantRig rig = new TenantRig();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");

    @BeforeEach
    void begin() {
        ada.mailbox().addCategory("Blue", "preset7");
        rig.backUp();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private BackupReport after(Duration time) {
        rig.time.advance(time);
        return rig.backUp();
    }

    private long settingsCalls() {
        return rig.asked("messageRule.list") + rig.asked("outlookCategory.list") + rig.asked("mailboxSettings.get");
    }

    /** Beside their time they have their turn in each eleventh session, as all that is read by a watermark. */
    @Test
    void frequentSessionsDoNotReadThemAndADailyOneDoes() {
        assertThat(settingsCalls()).isEqualTo(3);
        int read = 0;
        for (int session = 0; session < 40; session++) {
            after(Duration.ofHours(1));
            read += settingsCalls() > 0 ? 1 : 0;
        }
        assertThat(read).isBetween(2, 2 + 4);
        for (int day = 0; day < 3; day++) {
            assertThat(after(Duration.ofDays(1)).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
            assertThat(settingsCalls()).isEqualTo(3);
        }
    }

    @Test
    void changesAreStoredWhenTheyAreRead() {
        ada.mailbox().addCategory("Red", "preset0");
        ada.mailbox().removeCategory("Blue");
        ada.mailbox().answerAutomatically("<p>away</p>");

        assertThat(after(Duration.ofHours(6)).items().stored()).isZero();
        assertThat(rig.names()).contains("Blue").doesNotContain("Red");

        BackupReport report = after(Duration.ofHours(15));
        assertThat(report.items().stored()).isEqualTo(2);
        assertThat(report.items().removed()).isEqualTo(1);
        assertThat(rig.names()).contains("Red").doesNotContain("Blue");
    }

    @Test
    void theyCanBeReadInEachSession() {
        for (int session = 0; session < 3; session++) {
            rig.time.advance(Duration.ofHours(1));
            BackupReport report =
                    rig.backUp(rig.builder().settingsEvery(Duration.ZERO).build());
            assertThat(settingsCalls()).isEqualTo(3);
            assertThat(report.items().stored()).isZero();
        }
        assertThatThrownBy(() -> rig.builder().settingsEvery(Duration.ofHours(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1H");
    }

    @Test
    void aSessionThatNeverCameToThemReadsThemNextTime() {
        GraphUser bob = rig.tenant.addUser("bob", "Bob Example");
        bob.mailbox().addCategory("Green", "preset4");
        after(Duration.ofHours(1));
        assertThat(settingsCalls()).isEqualTo(3);
        assertThat(rig.names()).containsAll(List.of("Blue", "Green"));
    }
}
