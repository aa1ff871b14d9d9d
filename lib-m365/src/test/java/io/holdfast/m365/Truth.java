// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.simulators.graph.GraphUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What one workload of a user holds in the tenant, what people do to it, and what the latest snapshot holds of it. Everything that is held becomes a line
 * that names place, content and state, so that tenant, snapshot and the target of a restore can be compared by their lines.
 */
abstract class Truth {
    private static final ObjectMapper JSON = new ObjectMapper();

    final TenantRig rig;
    final GraphUser user;

    Truth(TenantRig rig, GraphUser user) {
        this.rig = rig;
        this.user = user;
    }

    /** What a user has of a workload; of libraries, a site of the tenant. */
    static Truth of(M365Workload workload, TenantRig rig, GraphUser user) {
        switch (workload) {
            case MAIL:
                return new MailTruth(rig, user);
            case CALENDAR:
                return new CalendarTruth(rig, user);
            case CONTACTS:
                return new ContactTruth(rig, user);
            case ONEDRIVE:
                return DriveTruth.personal(rig, user);
            case SHAREPOINT:
                return DriveTruth.library(rig, user);
        }
        throw new IllegalStateException("no truth of " + workload);
    }

    /**
     * Something that is held.
     *
     * @param key the item's key; empty for containers, which are known by their paths
     * @param line where it is and what it is like
     */
    record Held(String key, String line) {
        static Held container(String path) {
            return new Held("", "folder " + path);
        }
    }

    abstract M365Workload workload();

    abstract ResourceId resource();

    /** Fills what is empty, with things of all sorts. */
    abstract void fill();

    /** What people do between two sessions. */
    abstract void live(int day);

    /** Repairs whatever is damaged, and deletes what was only listed. */
    abstract void heal();

    /** What a user holds of this workload. */
    abstract List<Held> inTenant(GraphUser whose);

    /** Keys of what is listed, but not there. */
    abstract Set<String> vanished();

    /** An item that is stored whole and is no container; empty if it is of another kind than those that are compared. */
    abstract Optional<Held> inSnapshot(StoredItem item);

    final Snapshot latest() {
        return rig.repository.latest(rig.connector().id()).orElseThrow();
    }

    private List<Held> stored() {
        List<Held> stored = new ArrayList<>();
        rig.repository.items(latest(), resource(), item -> held(item).ifPresent(stored::add));
        return stored;
    }

    private Optional<Held> held(StoredItem item) {
        ManifestEntry entry = item.entry();
        if (entry.kind().container()) {
            return Optional.of(Held.container(path(item.path())));
        }
        return entry.condition() == ManifestEntry.Condition.WHOLE
                ? inSnapshot(item)
                : Optional.of(new Held(entry.key().value(), entry.condition() + " " + path(item.path())));
    }

    /** The snapshot holds what the user holds, no more and no less. */
    void assertStored() {
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(inTenant(user));
    }

    /** The same, but there may be things that the user holds no longer. */
    void assertHeld() {
        assertThat(stored()).containsAll(inTenant(user));
    }

    /** What is in the tenant is stored, or stands in the ledger. */
    final void assertNothingLostWithoutALine() {
        Set<String> known = new HashSet<>(vanished());
        rig.repository.items(
                latest(), resource(), item -> known.add(item.entry().key().value()));
        rig.failures().stream()
                .filter(each -> each.resource().equals(resource()))
                .forEach(each -> known.add(each.key().value()));
        assertThat(inTenant(user))
                .filteredOn(each -> !each.key().isEmpty() && !known.contains(each.key()))
                .as("neither stored nor in the ledger")
                .isEmpty();
    }

    /** Another user, who had nothing, holds what this one holds: all of it, and nothing twice. */
    final void assertRestoredTo(GraphUser other) {
        assertThat(inTenant(other))
                .extracting(Held::line)
                .containsExactlyInAnyOrderElementsOf(
                        inTenant(user).stream().map(Held::line).toList());
    }

    static String parent(StoredItem item) {
        return path(item.path().subList(0, item.path().size() - 1));
    }

    static String path(List<String> names) {
        return names.isEmpty() ? "" : "/" + String.join("/", names);
    }

    byte[] part(ManifestEntry entry, String name) {
        return entry.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(this::read)
                .orElseThrow(() -> new AssertionError("'" + entry.name() + "' has no part " + name));
    }

    static boolean hasPart(ManifestEntry entry, String name) {
        return entry.parts().stream().anyMatch(part -> part.name().equals(name));
    }

    byte[] read(PartEntry part) {
        try (InputStream in = rig.repository.read(latest(), part)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands for bytes in a line. */
    static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + ":" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] noise(Random random) {
        byte[] bytes = new byte[500 + random.nextInt(4000)];
        random.nextBytes(bytes);
        return bytes;
    }
}
