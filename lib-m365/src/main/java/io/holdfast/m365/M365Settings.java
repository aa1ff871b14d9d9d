// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.diagnosis.Egress;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.identity.Credential;
import io.holdfast.m365.internal.drive.DriveOptions;
import io.holdfast.model.SourceId;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a connector was built with; see {@link Microsoft365.Builder} for each. */
record M365Settings(
        SourceId id,
        String tenant,
        String client,
        Supplier<Credential> credential,
        M365Cloud cloud,
        URI authority,
        URI graph,
        Set<M365Workload> workloads,
        MailFidelity mailFidelity,
        Duration settingsEvery,
        Map<M365Workload, DriveOptions> drives,
        int auditRuns,
        String application,
        List<Egress> egress,
        Optional<HttpTransport> transport) {

    DriveOptions drivesOf(M365Workload workload) {
        return drives.getOrDefault(workload, DriveOptions.DEFAULT);
    }

    Scope tenantScope() {
        return Scope.provider("microsoft")
                .within(ScopeLevel.CLOUD, cloud.label())
                .within(ScopeLevel.TENANT, tenant);
    }

    Scope applicationScope() {
        return tenantScope().within(ScopeLevel.APPLICATION, client);
    }
}
