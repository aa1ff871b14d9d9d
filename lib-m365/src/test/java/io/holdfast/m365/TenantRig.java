// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreDestination;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.MessageDraft;
import io.holdfast.source.SourceConnector;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A simulated tenant, a connector to it and a repository, on simulated time. Closing it looks into the books of the service: nothing that nobody may do was
 * done, and nothing was asked for that somebody had been told to wait for.
 */
class TenantRig implements AutoCloseable {
    static final String CLIENT = "66666666-7777-4888-9999-000000000000";
    static final String SECRET = "a-secret-of-the-application";

    final SimTime time = SimTime.create();
    final HoldfastRuntime runtime;
    final GraphTenant tenant;
    final GraphSimulator simulator;
    final Repository repository;
    private final ObjectStore store = new InMemoryObjectStore();
    private final Set<M365Workload> workloads;
    private Map<String, Long> before = Map.of();

    TenantRig() {
        this(GraphApp.MAIL_ROLES);
    }

    TenantRig(Set<String> roles) {
        this(roles, 2, "en", Set.of(M365Workload.MAIL));
    }

    /** With a single thread, sessions meet the same trouble in the same order each time. */
    static TenantRig withOneThread() {
        return new TenantRig(GraphApp.MAIL_ROLES, 1, "en", Set.of(M365Workload.MAIL));
    }

    /** For some workloads, with all permissions that any of them needs. */
    static TenantRig of(Set<M365Workload> workloads, int threads) {
        return new TenantRig(allRoles(), threads, workloads);
    }

    /** A tenant of whose workloads all may be read and written, and whose mailboxes speak German. */
    static TenantRig ofAll() {
        return new TenantRig(allRoles(), 4, "de", EnumSet.allOf(M365Workload.class));
    }

    private static Set<String> allRoles() {
        Set<String> roles = new TreeSet<>(GraphApp.MAIL_ROLES);
        roles.addAll(GraphApp.CALENDAR_ROLES);
        roles.addAll(GraphApp.DRIVE_ROLES);
        return roles;
    }

    TenantRig(Set<String> roles, int threads, Set<M365Workload> workloads) {
        this(roles, threads, "en", workloads);
    }

    private TenantRig(Set<String> roles, int threads, String language, Set<M365Workload> workloads) {
        this.workloads = workloads;
        tenant = GraphTenant.builder(time, "contoso.example")
                .name("Contoso")
                .language(language)
                .build();
        runtime = Holdfast.runtime()
                .time(time)
                .simulatedRandomness(new SeededRandomness(11))
                .parallelism(threads)
                .build();
        repository = Repository.create(store, KeyProviders.raw(new byte[32])).on(runtime);
        tenant.consent(GraphApp.of(CLIENT, SECRET, roles));
        simulator = GraphSimulator.builder(time)
                .tenant(tenant)
                .latency(Duration.ofMillis(40))
                .build();
    }

    Microsoft365.Builder builder() {
        return Microsoft365.connector("contoso")
                .tenant(tenant.id())
                .client(CLIENT)
                .secret(SECRET::toCharArray)
                .workloads(workloads)
                // Its turns would stand between the calls that tests count.
                .audit(0)
                .transport(RecordingTransport.ifWanted(simulator.transport()));
    }

    SourceConnector connector() {
        return builder().build();
    }

    BackupReport backUp() {
        return backUp(connector());
    }

    BackupReport backUp(SourceConnector connector) {
        before = simulator.ledger().operations();
        return BackupSession.builder()
                .on(runtime)
                .from(connector)
                .into(repository)
                .build()
                .run();
    }

    long asked(String operation) {
        return asked().getOrDefault(operation, 0L);
    }

    /** What was asked since the last session began, by the service's names of operations. */
    Map<String, Long> asked() {
        Map<String, Long> asked = new TreeMap<>();
        simulator.ledger().operations().forEach((operation, count) -> {
            long more = count - before.getOrDefault(operation, 0L);
            if (more > 0) {
                asked.put(operation, more);
            }
        });
        return asked;
    }

    /** How many bytes the repository has. */
    long storedBytes() {
        long sum = 0;
        try (ObjectListing all = store.list("")) {
            while (all.hasNext()) {
                sum += all.next().length();
            }
        }
        return sum;
    }

    /** The names of all items of the latest snapshot. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        Snapshot latest = latest();
        for (var resource : repository.resources(latest)) {
            repository.items(
                    latest, resource.id(), item -> names.add(item.entry().name()));
        }
        return names;
    }

    List<OpenFailure> failures() {
        List<OpenFailure> open = new ArrayList<>();
        repository.failures(connector().id(), open::add);
        return open;
    }

    Snapshot latest() {
        return repository.latest(connector().id()).orElseThrow();
    }

    RestoreReport restoreTo(Path folder) {
        return restore(RestoreTargets.directory(folder, Microsoft365.renderers()), how -> how);
    }

    RestoreReport restore(UnaryOperator<RestoreSession.Builder> how) {
        return restore(RestoreTargets.source(connector()), how);
    }

    RestoreReport restore(RestoreDestination where, UnaryOperator<RestoreSession.Builder> how) {
        before = simulator.ledger().operations();
        RestoreSession.Builder builder = RestoreSession.builder()
                .on(runtime)
                .from(repository)
                .snapshot(latest())
                .to(where);
        return how.apply(builder).build().run();
    }

    /** Messages, a minute apart, the newest last. */
    void fill(GraphFolder folder, int number) {
        for (int i = 0; i < number; i++) {
            time.advance(Duration.ofMinutes(1));
            folder.add(message("Message " + i));
        }
    }

    static MessageDraft message(String subject) {
        return MessageDraft.of(subject)
                .from("Bob", "bob@elsewhere.example")
                .to("Ada", "ada@contoso.example")
                .text("Text of " + subject);
    }

    @Override
    public void close() {
        repository.close();
        runtime.close();
        simulator.close();
        assertThat(simulator.ledger().violations()).isEmpty();
        assertThat(simulator.ledger().totals().insideFence()).isZero();
    }
}
