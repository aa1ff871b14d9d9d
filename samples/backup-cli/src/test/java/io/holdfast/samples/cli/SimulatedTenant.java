// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.Origins;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.WirePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * A simulated tenant of Microsoft 365 behind TLS on this machine, which outlives whoever uses it. Closing it looks into the books of the service: nothing
 * was sent to anybody.
 */
final class SimulatedTenant implements AutoCloseable {
    static final String CLIENT = "66666666-7777-4888-9999-000000000000";
    static final String SECRET = "s3cret-of-the-application";

    final GraphTenant tenant = GraphTenant.builder(TimeSource.system(), "contoso.example")
            .name("Contoso")
            .build();
    final GraphSimulator simulator =
            GraphSimulator.builder(TimeSource.system()).tenant(tenant).build();
    private final ServerIdentity identity = ServerIdentity.of("localhost");
    private final AtomicLong port = new AtomicLong();
    private final AtomicReference<Trap> trap = new AtomicReference<>(Trap.NONE);
    private final WirePeer peer = WirePeer.secure(identity, this::reply);

    SimulatedTenant() {
        port.set(peer.port());
        consent(allRoles());
    }

    static Set<String> allRoles() {
        Set<String> roles = new TreeSet<>(GraphApp.MAIL_ROLES);
        roles.addAll(GraphApp.CALENDAR_ROLES);
        roles.addAll(GraphApp.DRIVE_ROLES);
        return roles;
    }

    void consent(Set<String> roles) {
        tenant.consent(GraphApp.of(CLIENT, SECRET, roles));
    }

    /** What is done once after so many requests. */
    private record Trap(Predicate<PeerRequest> counted, AtomicInteger left, Runnable act) {
        static final Trap NONE = new Trap(request -> false, new AtomicInteger(), () -> {});

        void note(PeerRequest request) {
            if (counted.test(request) && left.decrementAndGet() == 0) {
                act.run();
            }
        }
    }

    /** Acts when so many requests of a kind have had their effect, before the last one's answer leaves; nothing is left of what was set before. */
    void after(int requests, Predicate<PeerRequest> counted, Runnable act) {
        trap.set(new Trap(counted, new AtomicInteger(requests), act));
    }

    private Reply reply(PeerRequest request) {
        String here = origin();
        Reply reply = simulator.reply(request, new Origins(here, here, here));
        trap.get().note(request);
        return reply;
    }

    String origin() {
        return "https://localhost:" + port.get();
    }

    /** Makes it the source {@code contoso} of a command line that has a repository {@code main}. */
    void configure(Cli cli, String workloads, String... changes) throws IOException {
        try {
            byte[] root = identity.trust().getAcceptedIssuers()[0].getEncoded();
            Files.writeString(
                    cli.path("root.pem"),
                    "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(root)
                            + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
        String yaml = """
                tls: { ca_file: root.pem }
                cache_dir: cache
                repositories:
                  main: { store: { type: posix, path: store }, key: { type: raw, file: key.bin } }
                sources:
                  contoso:
                    type: m365
                    tenant_id: %s
                    client_id: %s
                    client_secret: "%s"
                    authority: %s
                    graph: %s
                    workloads: [%s]
                    options: { audit: off }
                    app: "ISV|Company|App/1.0"
                """.formatted(tenant.id(), CLIENT, SECRET, origin(), origin(), workloads);
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(yaml).contains(changes[i]);
            yaml = yaml.replace(changes[i], changes[i + 1]);
        }
        cli.configure(yaml);
    }

    @Override
    public void close() {
        peer.close();
        simulator.close();
        assertThat(simulator.ledger().violations()).isEmpty();
    }
}
