// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreDestination;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.source.SourceConnector;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A simulated tenant with drives, a connector to it and a repository, on simulated time. */
final class DriveRig implements AutoCloseable {
    private static final String CLIENT = "66666666-7777-4888-9999-000000000000";
    private static final String SECRET = "a-secret-of-the-application";

    final SimTime time = SimTime.create();
    final HoldfastRuntime runtime = Holdfast.runtime()
            .time(time)
            .simulatedRandomness(new SeededRandomness(11))
            .parallelism(4)
            .build();
    final GraphTenant tenant =
            GraphTenant.builder(time, "contoso.example").name("Contoso").build();
    final GraphUser ada = tenant.addUser("ada", "Ada Example");
    final GraphSimulator simulator;
    final Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
            .on(runtime);
    private int versions = 10;
    private Map<String, Long> before = Map.of();
    private long unitsBefore;

    DriveRig() {
        tenant.consent(GraphApp.of(CLIENT, SECRET, GraphApp.DRIVE_ROLES));
        simulator = GraphSimulator.builder(time)
                .tenant(tenant)
                .latency(Duration.ofMillis(40))
                .build();
    }

    /** Consents to other permissions than the usual ones. */
    void allow(Set<String> roles) {
        tenant.consent(GraphApp.of(CLIENT, SECRET, roles));
    }

    DriveRig withoutVersions() {
        versions = 0;
        return this;
    }

    SourceConnector connector() {
        return Microsoft365.connector("contoso")
                .tenant(tenant.id())
                .client(CLIENT)
                .secret(SECRET::toCharArray)
                .transport(simulator.transport())
                .workloads(EnumSet.of(M365Workload.ONEDRIVE, M365Workload.SHAREPOINT))
                .drives(M365Workload.ONEDRIVE, versions, true)
                .drives(M365Workload.SHAREPOINT, versions, true)
                .build();
    }

    /** One session, some hours after the one before. */
    BackupReport backUp() {
        time.advance(Duration.ofHours(5));
        before = simulator.ledger().operations();
        unitsBefore = simulator.ledger().resourceUnits();
        return BackupSession.builder()
                .on(runtime)
                .from(connector())
                .into(repository)
                .build()
                .run();
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

    Snapshot latest() {
        return repository.latest(connector().id()).orElseThrow();
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

    long asked(String operation) {
        return asked().getOrDefault(operation, 0L);
    }

    /** Resource units since the last session began, as SharePoint counts: a download is one. */
    long units() {
        return simulator.ledger().resourceUnits() - unitsBefore + asked("drive.content");
    }

    static ResourceId resource(GraphDrive drive) {
        return new ResourceId("onedrive:" + drive.id());
    }

    /** What is stored of a drive, by path. */
    Map<String, ManifestEntry> stored(ResourceId resource) {
        Map<String, ManifestEntry> stored = new TreeMap<>();
        repository.items(latest(), resource, item -> stored.put(String.join("/", item.path()), item.entry()));
        return stored;
    }

    Map<String, ManifestEntry> stored(GraphDrive drive) {
        return stored(resource(drive));
    }

    String metadata(ManifestEntry entry) {
        return entry.metadata() instanceof MetadataEntry.Inline inline
                ? new String(inline.bytes(), StandardCharsets.UTF_8)
                : new String(read(((MetadataEntry.Stored) entry.metadata()).part()), StandardCharsets.UTF_8);
    }

    byte[] content(ManifestEntry entry) {
        return read(entry.parts().stream()
                .filter(part -> part.name().equals("content"))
                .findFirst()
                .orElseThrow());
    }

    private byte[] read(PartEntry part) {
        try (InputStream in = repository.read(latest(), part)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<OpenFailure> failures() {
        List<OpenFailure> open = new ArrayList<>();
        repository.failures(connector().id(), open::add);
        return open;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] noise(int length, long seed) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    @Override
    public void close() {
        repository.close();
        runtime.close();
        simulator.close();
    }
}
