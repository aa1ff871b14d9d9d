// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.ScopeLevel;
import java.time.Duration;

/**
 * The budgets that Microsoft counts requests in, one for each service behind Graph.
 *
 * <p>The limits are Microsoft's published ones ("Microsoft Graph service-specific throttling limits", edition of 2026-09), for a tenant of the smallest
 * size where they go by size.
 */
public enum GraphPool {
    /** Mail, calendars and contacts; counted for each mailbox. */
    EXCHANGE("exchange-mailbox"),
    /** OneDrive and SharePoint; counted in resource units for the tenant. */
    SHAREPOINT("sharepoint"),
    /** Users, groups and the organisation; counted in resource units for the tenant. */
    DIRECTORY("directory");

    private static final String[] NAMES = {EXCHANGE.scope, SHAREPOINT.scope, DIRECTORY.scope};

    private final String scope;

    GraphPool(String scope) {
        this.scope = scope;
    }

    /**
     * The pool's name in scopes and reports.
     *
     * @return lower case
     */
    public String scope() {
        return scope;
    }

    /**
     * The published limits, with the head-room that is left to people.
     *
     * @return a profile for a runtime's services
     */
    public static PacingProfile limits() {
        Duration minute = Duration.ofMinutes(1);
        return PacingProfile.builder()
                .limit(NAMES[0], ScopeLevel.RESOURCE, new Limit.Rate(Meter.REQUESTS, 10_000, Duration.ofMinutes(10)))
                .limit(NAMES[0], ScopeLevel.RESOURCE, new Limit.Slots(4))
                .limit(NAMES[0], ScopeLevel.RESOURCE, new Limit.Rate(Meter.BYTES_UP, 150L << 20, Duration.ofMinutes(5)))
                .limit(NAMES[1], ScopeLevel.POOL, new Limit.Rate(Meter.UNITS, 1_250, minute))
                .limit(NAMES[1], ScopeLevel.POOL, new Limit.Rate(Meter.UNITS, 1_200_000, Duration.ofDays(1)))
                .limit(NAMES[1], ScopeLevel.POOL, new Limit.Rate(Meter.BYTES_DOWN, 400L << 30, Duration.ofHours(1)))
                .limit(NAMES[1], ScopeLevel.POOL, new Limit.Rate(Meter.BYTES_UP, 400L << 30, Duration.ofHours(1)))
                .limit(NAMES[2], ScopeLevel.POOL, new Limit.Rate(Meter.UNITS, 3_500, Duration.ofSeconds(10)))
                .factor(NAMES[0], 0.95)
                .factor(NAMES[1], 0.80)
                .factor(NAMES[2], 0.80)
                .build();
    }
}
