// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.diagnosis.Doctor;
import io.holdfast.diagnosis.Egress;
import io.holdfast.diagnosis.Ping;
import io.holdfast.exchange.Access;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.http.OkHttpTransport;
import io.holdfast.identity.TokenSource;
import io.holdfast.m365.internal.calendar.CalendarWorkload;
import io.holdfast.m365.internal.contacts.ContactWorkload;
import io.holdfast.m365.internal.directory.Directory;
import io.holdfast.m365.internal.drive.DriveWorkload;
import io.holdfast.m365.internal.drive.Sites;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphDialect;
import io.holdfast.m365.internal.graph.GraphPool;
import io.holdfast.m365.internal.identity.EntraEndpoint;
import io.holdfast.m365.internal.mail.MailOptions;
import io.holdfast.m365.internal.mail.MailWorkload;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.services.ServiceMemory;
import io.holdfast.services.Services;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** A configured way to one tenant. */
final class M365Connector implements SourceConnector {
    private final M365Settings settings;

    M365Connector(M365Settings settings) {
        this.settings = settings;
    }

    @Override
    public SourceId id() {
        return settings.id();
    }

    @Override
    public TenantId tenant() {
        return new TenantId(settings.tenant().toLowerCase(Locale.ROOT));
    }

    @Override
    public Source open(SourceContext context) {
        Services services = Services.of(context.runtime());
        services.pacer().adopt(GraphPool.limits());
        HttpTransport transport = transport(services);
        EntraEndpoint endpoint = new EntraEndpoint(
                new EntraEndpoint.Settings(
                        settings.tenant(),
                        settings.client(),
                        settings.authority(),
                        settings.cloud().tokenScope()),
                transport);
        TokenSource tokens = services.tokens().of(settings.applicationScope(), settings.credential(), endpoint);
        Access access = new Access(tokens, "graph", Set.of(settings.graph().getHost()));
        if (!settings.egress().isEmpty()) {
            services.examinedBy(
                    settings.tenantScope(), since -> doctor(context, access).examine(since));
        }
        ServiceMemory memory =
                services.memory(settings.tenantScope(), ZoneOffset.UTC, GraphClient.schema(), context.earlier());
        GraphClient graph = new GraphClient(
                new GraphClient.Settings(settings.graph(), settings.applicationScope(), access, settings.application()),
                services,
                transport,
                memory);
        return new M365Source(new Directory(graph, access), workloads(graph, context), settings.auditRuns(), memory);
    }

    private HttpTransport transport(Services services) {
        return settings.transport()
                .or(() -> settings.egress().stream().findFirst().map(Egress::transport))
                .orElseGet(
                        () -> services.transport(() -> OkHttpTransport.builder().build()));
    }

    private Doctor doctor(SourceContext context, Access access) {
        // What every application may read that has been consented to at all.
        URI ping = URI.create(settings.graph() + "/v1.0/organization?$select=id");
        byte[] id = context.runtime().randomness().bytes(16);
        HttpRequest get = HttpRequest.get(ping)
                .with("User-Agent", settings.application())
                .with("client-request-id", UUID.nameUUIDFromBytes(id).toString());
        Doctor.Builder doctor = Doctor.builder(
                        context.runtime().time(), context.runtime().randomness())
                .identity(settings.authority(), access)
                .dialect(new GraphDialect(GraphPool.DIRECTORY))
                .ping(new Ping("graph", get, false));
        settings.egress().forEach(doctor::egress);
        return doctor.build();
    }

    private List<TenantWorkload> workloads(GraphClient graph, SourceContext context) {
        Sites sites = new Sites(graph);
        return settings.workloads().stream()
                .sorted()
                .map(each -> workload(each, graph, sites, context))
                .toList();
    }

    private TenantWorkload workload(M365Workload workload, GraphClient graph, Sites sites, SourceContext context) {
        switch (workload) {
            case MAIL:
                boolean originals = settings.mailFidelity() == MailFidelity.ORIGINAL;
                MailOptions options = new MailOptions(originals, settings.settingsEvery());
                return new MailWorkload(
                        graph, context.memory(), context.runtime().time(), options);
            case CALENDAR:
                return new CalendarWorkload(graph, context.memory());
            case CONTACTS:
                return new ContactWorkload(graph, context.memory());
            case ONEDRIVE:
                return DriveWorkload.personal(graph, sites, settings.drivesOf(workload), context.memory());
            case SHAREPOINT:
                return DriveWorkload.libraries(graph, sites, settings.drivesOf(workload), context.memory());
        }
        throw new IllegalArgumentException("unknown workload " + workload);
    }
}
