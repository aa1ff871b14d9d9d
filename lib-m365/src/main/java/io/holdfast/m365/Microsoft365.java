// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.diagnosis.Egress;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.identity.Credential;
import io.holdfast.m365.internal.drive.DriveOptions;
import io.holdfast.model.SourceId;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Renderer;
import io.holdfast.source.SourceConnector;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes connectors to tenants of Microsoft 365, which read and restore by application permissions: nobody signs in.
 *
 * <pre>{@code
 * SourceConnector source = Microsoft365.connector("saas-tenant-01")
 *         .tenant("11111111-2222-3333-4444-555555555555")
 *         .client("66666666-7777-8888-9999-000000000000")
 *         .secret(vault::currentSecret)
 *         .build();
 * }</pre>
 *
 * <p>Limits are Microsoft's published ones, with head-room for people; a host sets others by {@link io.holdfast.services.Services}.
 */
public final class Microsoft365 {
    private Microsoft365() {}

    /**
     * Starts a connector.
     *
     * @param id the name that the host gives this source
     * @return a builder
     */
    public static Builder connector(String id) {
        return new Builder(new SourceId(id));
    }

    /**
     * How items of a tenant are written as files for people, for a restore to a directory; without asking the tenant for anything.
     *
     * @return the renderers of all workloads
     */
    public static List<Renderer> renderers() {
        return Renderers.all();
    }

    /**
     * What becomes of each kind of item: how changes are noticed, what is written to a directory, and which fields are equal, may differ or are lost when
     * they are put back. {@code COVERAGE.md} shows the same.
     *
     * @return the kinds of each workload
     */
    public static Map<M365Workload, List<KindCapability>> capabilities() {
        return Capabilities.all();
    }

    /** Puts a connector together; for one thread. */
    public static final class Builder {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,255}");
        private static final int MOST_AUDIT_RUNS = 1_000;

        final SourceId id;
        private @Nullable String tenant;
        private @Nullable String client;
        private @Nullable Supplier<Credential> credential;
        private M365Cloud cloud = M365Cloud.GLOBAL;
        private @Nullable URI authority;
        private @Nullable URI graph;
        private Set<M365Workload> workloads = EnumSet.allOf(M365Workload.class);
        private MailFidelity mailFidelity = MailFidelity.ECONOMICAL;
        private Duration settingsEvery = Duration.ofHours(20);
        private int auditRuns = 30;
        private final Map<M365Workload, DriveOptions> drives = new EnumMap<>(M365Workload.class);
        private String application = "NONISV|Holdfast|Holdfast/0.1";
        private final List<Egress> egress = new ArrayList<>();
        private @Nullable HttpTransport transport;

        private Builder(SourceId id) {
            this.id = id;
        }

        /**
         * Sets the tenant.
         *
         * @param tenantId its GUID, or one of its domains
         * @return this builder
         */
        public Builder tenant(String tenantId) {
            this.tenant = name("tenant", tenantId);
            return this;
        }

        /**
         * Sets the application.
         *
         * @param clientId its GUID
         * @return this builder
         */
        public Builder client(String clientId) {
            this.client = name("client", clientId);
            return this;
        }

        private static String name(String what, String value) {
            if (!NAME.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "the " + what + " is '" + value + "'; give its GUID, as the admin center shows it");
            }
            return value;
        }

        /**
         * Sets the client secret.
         *
         * @param secret gives the present secret; asked before each token request, so that rotation needs no restart
         * @return this builder
         */
        public Builder secret(Supplier<char[]> secret) {
            Objects.requireNonNull(secret, "secret");
            return credential(() -> Credential.secret(secret.get(), Optional.empty()));
        }

        /**
         * Sets a certificate instead of a secret.
         *
         * @param key the private key, or a handle of one in a hardware module
         * @param chain the certificate first, then who signed it
         * @return this builder
         */
        public Builder certificate(PrivateKey key, List<X509Certificate> chain) {
            Credential certificate = Credential.certificate(key, chain);
            return credential(() -> certificate);
        }

        /**
         * Sets a federated credential instead of a secret.
         *
         * @param assertion gives a fresh assertion for each token request
         * @return this builder
         */
        public Builder assertion(Supplier<String> assertion) {
            Credential federated = Credential.assertion(assertion);
            return credential(() -> federated);
        }

        /**
         * Sets what the application proves itself with.
         *
         * @param present gives the present credential; asked before each token request
         * @return this builder
         */
        public Builder credential(Supplier<Credential> present) {
            this.credential = Objects.requireNonNull(present, "credential");
            return this;
        }

        /**
         * Sets the cloud; the global one by default.
         *
         * @param national the cloud
         * @return this builder
         */
        public Builder cloud(M365Cloud national) {
            this.cloud = Objects.requireNonNull(national, "cloud");
            return this;
        }

        /**
         * Sets another identity host than the cloud's.
         *
         * @param origin such as {@code https://login.example}, without a path
         * @return this builder
         */
        public Builder authority(URI origin) {
            this.authority = origin("authority", origin);
            return this;
        }

        /**
         * Sets another Graph host than the cloud's; what tokens are asked for stays the cloud's.
         *
         * @param origin such as {@code https://graph.example:8443}, without a path
         * @return this builder
         */
        public Builder graph(URI origin) {
            this.graph = origin("graph", origin);
            return this;
        }

        private static URI origin(String what, URI origin) {
            boolean plain = origin.getRawPath() == null
                    || origin.getRawPath().isEmpty()
                    || origin.getRawPath().equals("/");
            if (!"https".equals(origin.getScheme())
                    || origin.getHost() == null
                    || !plain
                    || origin.getQuery() != null) {
                throw new IllegalArgumentException("the " + what + " is '" + origin
                        + "'; give an origin, such as https://graph.microsoft.com, without a path");
            }
            return URI.create("https://" + origin.getRawAuthority().toLowerCase(Locale.ROOT));
        }

        /**
         * Sets what is backed up; everything that this version knows by default.
         *
         * @param some at least one
         * @return this builder
         */
        public Builder workloads(Set<M365Workload> some) {
            if (some.isEmpty()) {
                throw new IllegalArgumentException("no workload is given; name at least one, such as MAIL");
            }
            this.workloads = EnumSet.copyOf(some);
            return this;
        }

        /**
         * Sets how messages are read; {@link MailFidelity#ECONOMICAL} by default.
         *
         * @param fidelity the fidelity
         * @return this builder
         */
        public Builder mailFidelity(MailFidelity fidelity) {
            this.mailFidelity = Objects.requireNonNull(fidelity, "fidelity");
            return this;
        }

        /**
         * Sets for how long a mailbox's rules, categories and settings are taken to be as they were read: nothing announces their changes, and reading them
         * costs three calls for each mailbox. By default 20 hours, so that a session a day reads them each time and frequent sessions do not.
         *
         * @param time at least 0, for each session
         * @return this builder
         */
        public Builder settingsEvery(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException(
                        "settings are to be read every " + time + "; give 0 for each session, or a time such as PT20H");
            }
            this.settingsEvery = time;
            return this;
        }

        /**
         * Sets what of drives is backed up beside files and folders; by default the ten newest versions that each file had before, and permissions.
         *
         * @param kind {@link M365Workload#ONEDRIVE} or {@link M365Workload#SHAREPOINT}
         * @param versions how many earlier versions of each file, the newest ones; 0 for none, at most 500
         * @param permissions whether the permissions of shared items
         * @return this builder
         */
        public Builder drives(M365Workload kind, int versions, boolean permissions) {
            if (kind != M365Workload.ONEDRIVE && kind != M365Workload.SHAREPOINT) {
                throw new IllegalArgumentException(kind + " has no drives; name ONEDRIVE or SHAREPOINT");
            }
            drives.put(kind, new DriveOptions(versions, permissions));
            return this;
        }

        /**
         * Sets in how many sessions everything that change feeds have told is listed once more and compared, a part in each, so that what no feed ever
         * announced is found; 30 by default.
         *
         * @param runs the number of sessions, at most 1,000; 0 for never
         * @return this builder
         */
        public Builder audit(int runs) {
            if (runs < 0 || runs > MOST_AUDIT_RUNS) {
                throw new IllegalArgumentException("the auditor has " + runs + " sessions; give 0 for never, or 1 to "
                        + MOST_AUDIT_RUNS + ", such as 30");
            }
            this.auditRuns = runs;
            return this;
        }

        /**
         * Sets what requests name as their sender; Microsoft serves named traffic first ("How to decorate your http traffic").
         *
         * @param userAgent such as {@code ISV|Company|App/1.0}
         * @return this builder
         */
        public Builder application(String userAgent) {
            if (!userAgent.matches("[ -~]{1,256}")) {
                throw new IllegalArgumentException("the application is named '" + userAgent
                        + "'; give 1 to 256 printable characters, such as ISV|Company|App/1.0");
            }
            this.application = userAgent;
            return this;
        }

        /**
         * Sets what puts requests on the wire, such as one with a trust store or proxies of the host's; by default one that all connectors of the runtime
         * share.
         *
         * @param own stays the caller's to close
         * @return this builder
         */
        public Builder transport(HttpTransport own) {
            this.transport = Objects.requireNonNull(own, "transport");
            return this;
        }

        /**
         * Adds a way out to the services. Requests go by the first one, unless {@link #transport} sets another; a diagnosis looks at all of them: on
         * demand, and by itself when requests keep failing. Without any there is no diagnosis.
         *
         * @param way direct, or by a proxy; its transport stays the caller's to close
         * @return this builder
         */
        public Builder egress(Egress way) {
            egress.add(Objects.requireNonNull(way, "egress"));
            return this;
        }

        /**
         * Builds the connector; nothing is sent.
         *
         * @return the connector
         * @throws IllegalArgumentException if tenant, client or credential are missing
         */
        public SourceConnector build() {
            return new M365Connector(new M365Settings(
                    id,
                    required(tenant, "tenant"),
                    required(client, "client"),
                    required(credential, "credential: secret, certificate or assertion"),
                    cloud,
                    authority == null ? cloud.authority() : authority,
                    graph == null ? cloud.graph() : graph,
                    Set.copyOf(workloads),
                    mailFidelity,
                    settingsEvery,
                    Map.copyOf(drives),
                    auditRuns,
                    application,
                    List.copyOf(egress),
                    Optional.ofNullable(transport)));
        }

        private <T> T required(@Nullable T value, String what) {
            if (value == null) {
                throw new IllegalArgumentException("source " + id + " has no " + what + "; set it");
            }
            return value;
        }
    }
}
