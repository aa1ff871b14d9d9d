// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupSession;
import io.holdfast.SessionForecast;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session will cost, foretold before it runs. */
final class PlanTest {
    /** Who is there, and which drives: a forecast finds that out as a session does. */
    private static final Set<String> DISCOVERY =
            Set.of("user.list", "user.listDeleted", "group.list", "site.list", "site.drives");

    private final TenantRig rig = TenantRig.of(
            EnumSet.of(M365Workload.MAIL, M365Workload.CALENDAR, M365Workload.CONTACTS, M365Workload.ONEDRIVE), 2);

    @AfterEach
    void close() {
        rig.close();
    }

    private SessionForecast forecast() {
        return BackupSession.builder()
                .on(rig.runtime)
                .from(rig.connector())
                .into(rig.repository)
                .build()
                .forecast();
    }

    private long askedBesideDiscovery() {
        return rig.asked().entrySet().stream()
                .filter(each -> !DISCOVERY.contains(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void aQuietSessionCostsWhatWasForetold() {
        SampleTenant.in(rig.tenant, new SampleTenant.Size(3, 60, 15, 15, 20));
        SessionForecast unknown = forecast();
        assertThat(unknown.planned()).as("nothing is known of them yet").isEmpty();
        assertThat(unknown.unknown()).hasSize(12);
        rig.backUp();
        rig.time.advance(Duration.ofHours(12));

        SessionForecast forecast = forecast();
        rig.backUp();

        assertThat(forecast.planned()).hasSize(12);
        assertThat(forecast.cost().requests())
                .isBetween(askedBesideDiscovery() * 9 / 10, askedBesideDiscovery() * 11 / 10);
        assertThat(forecast.cost().duration()).isPositive().isLessThan(Duration.ofMinutes(10));
    }
}
