// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What passes by: answers of Graph, Exchange and SharePoint that were seen in the field and say nothing of the item, each met once where it was seen. The
 * session goes on as if nothing had been. What does not pass by stands in {@link MailTroublesTest}, {@link DriveTroublesTest} and {@link MailAccessTest}.
 */
final class FailureCatalogueTest {
    @ParameterizedTest
    @CsvSource({
        "THROTTLED_FOR_SECONDS, message.delta, MAIL",
        "THROTTLED_FOR_A_FRACTION, contact.delta, CONTACTS",
        "THROTTLED_UNTIL_A_DATE, event.list, CALENDAR",
        "THROTTLED_WITHOUT_A_WORD, user.list, MAIL",
        "APPLICATION_THROTTLED, message.list, MAIL",
        "ACTIVITY_LIMIT_REACHED, drive.delta, ONEDRIVE",
        "BUSY_FOR_SECONDS, message.list, MAIL",
        "BUSY_FOR_SECONDS, drive.content, ONEDRIVE",
        "BUSY_WITHOUT_A_WORD, event.list, CALENDAR",
        "MAILBOX_MOVES, message.delta, MAIL",
        "STORE_UNAVAILABLE, contact.list, CONTACTS",
        "MAILBOX_STALE, mailFolder.get, MAIL",
        "INTERNAL_ERROR, message.list, MAIL",
        "TRANSIENT_ERROR, event.list, CALENDAR",
        "GENERAL_EXCEPTION, drive.delta, ONEDRIVE",
        "BAD_GATEWAY, drive.delta, ONEDRIVE",
        "GATEWAY_TIMEOUT, drive.content, ONEDRIVE",
        "GATEWAY_TIMEOUT, message.delta, MAIL",
        "TOO_MANY_BYTES, drive.content, ONEDRIVE",
        "PAYLOAD_READ, message.list, MAIL",
        "RESET, drive.content, ONEDRIVE",
        "CUT, message.list, MAIL",
        "SHORT_BODY, contact.photo, CONTACTS",
        "HANG_UP, event.get, CALENDAR",
        "GARBAGE, message.delta, MAIL",
        "TOKEN_NOT_KNOWN, message.delta, MAIL",
        "TOKEN_EXPIRED, drive.delta, ONEDRIVE",
        "NO_RPS, message.list, MAIL",
        "CLAIMS_WANTED, event.list, CALENDAR",
        "EXPIRED_ADDRESS, drive.content, ONEDRIVE",
        "EXPIRED_ADDRESS_PAGE, drive.content, ONEDRIVE",
        "LOST_FOR_A_MOMENT, message.list, MAIL",
        "LOST_FOR_A_MOMENT, contact.photo, CONTACTS",
        "LOST_FOR_A_MOMENT, event.get, CALENDAR",
        "INVALID_REQUEST, drive.delta, ONEDRIVE",
        "NO_DELTA_TOKEN, message.delta, MAIL",
        "NO_CHANGE_TRACKING, message.delta, MAIL",
        "TOO_MANY_OBJECTS, message.list, MAIL",
        "FIND_COUNT, message.list, MAIL",
        "STALE_SEARCH, event.list, CALENDAR",
        "CANNOT_SNAPSHOT, drive.delta, ONEDRIVE",
        "WRONG_BODY, drive.content, ONEDRIVE",
        "TRUNCATED, drive.content, ONEDRIVE",
        "TRUNCATED, message.list, MAIL",
        "IDENTITY_THROTTLED, identity.token, MAIL",
        "IDENTITY_OUT, identity.token, MAIL",
        "IDENTITY_BUSY, identity.token, MAIL"
    })
    void passesBy(GraphFault fault, String operation, M365Workload workload) {
        try (TenantRig rig = TenantRig.of(EnumSet.of(workload), 1)) {
            GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
            Truth truth = Truth.of(workload, rig, ada);
            truth.fill();
            rig.simulator.strike(FaultRule.of(fault).on(operation).times(1));
            rig.time.advance(Duration.ofHours(1));

            BackupReport report = rig.backUp();

            assertThat(rig.simulator.ledger().totals().struck())
                    .as("struck on %s", operation)
                    .isEqualTo(1);
            assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
            truth.assertStored();
        }
    }
}
