// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.BackupReport;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** The rig for drives: those of users and the libraries of sites. */
final class DriveRig extends TenantRig {
    final GraphUser ada = tenant.addUser("ada", "Ada Example");
    private int versions = 10;
    private long unitsBefore;

    DriveRig() {
        super(GraphApp.DRIVE_ROLES, 4, EnumSet.of(M365Workload.ONEDRIVE, M365Workload.SHAREPOINT));
    }

    /** Consents to other permissions than the usual ones. */
    void allow(Set<String> roles) {
        tenant.consent(GraphApp.of(CLIENT, SECRET, roles));
    }

    DriveRig withoutVersions() {
        versions = 0;
        return this;
    }

    @Override
    Microsoft365.Builder builder() {
        return super.builder()
                .drives(M365Workload.ONEDRIVE, versions, true)
                .drives(M365Workload.SHAREPOINT, versions, true);
    }

    /** One session, some hours after the one before. */
    @Override
    BackupReport backUp() {
        time.advance(Duration.ofHours(5));
        unitsBefore = simulator.ledger().resourceUnits();
        return super.backUp();
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

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] noise(int length, long seed) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }
}
