// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a mailbox of the tenant holds, and what the latest snapshot holds of it. */
final class MailTruth {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TenantRig rig;
    private final GraphUser user;

    MailTruth(TenantRig rig, GraphUser user) {
        this.rig = rig;
        this.user = user;
    }

    ResourceId resource() {
        return new ResourceId("mail:" + user.id());
    }

    /** All messages of the mailbox by key, with the place that each has. */
    Map<String, Placed> messages() {
        Map<String, Placed> found = new TreeMap<>();
        gather(user.mailbox().folder("msgfolderroot"), "", found);
        return found;
    }

    record Placed(GraphMessage message, String folder) {}

    private static void gather(GraphFolder folder, String path, Map<String, Placed> found) {
        folder.messages().forEach(each -> found.put(each.immutableId(), new Placed(each, path)));
        folder.folders().forEach(each -> gather(each, path + "/" + each.displayName(), found));
    }

    private static void folders(GraphFolder folder, String path, List<String> found) {
        for (GraphFolder each : folder.folders()) {
            found.add(path + "/" + each.displayName());
            folders(each, path + "/" + each.displayName(), found);
        }
    }

    /** The stored items of one kind by key. */
    Map<String, StoredItem> stored(Snapshot snapshot, String kind) {
        Map<String, StoredItem> stored = new TreeMap<>();
        rig.repository.items(snapshot, resource(), item -> {
            if (item.entry().kind().name().equals(kind)) {
                stored.put(item.entry().key().value(), item);
            }
        });
        return stored;
    }

    Snapshot latest() {
        return rig.repository.latest(rig.connector().id()).orElseThrow();
    }

    /** Folders, messages, their state and every byte of what is attached are as in the tenant, no more and no less. */
    void assertStored() {
        assertHeld();
        Map<String, StoredItem> surplus = stored(latest(), "message");
        surplus.keySet().removeAll(messages().keySet());
        assertThat(surplus.values()).extracting(MailTruth::path).isEmpty();
    }

    /** The same, but there may be messages that are in the tenant no longer. */
    void assertHeld() {
        Snapshot snapshot = latest();
        List<String> folders = new ArrayList<>();
        folders(user.mailbox().folder("msgfolderroot"), "", folders);
        assertThat(stored(snapshot, "mail-folder").values().stream().map(MailTruth::path))
                .containsExactlyInAnyOrderElementsOf(folders);

        Map<String, StoredItem> stored = stored(snapshot, "message");
        Map<String, Placed> expected = messages();
        assertThat(expected.entrySet())
                .filteredOn(each -> !stored.containsKey(each.getKey()))
                .extracting(each -> each.getValue().toString())
                .isEmpty();
        expected.forEach((key, placed) -> assertSame(placed, stored.get(key)));
    }

    private static String path(StoredItem item) {
        return "/" + String.join("/", item.path());
    }

    private void assertSame(Placed placed, StoredItem stored) {
        ManifestEntry entry = stored.entry();
        GraphMessage message = placed.message();
        String name = String.valueOf(message.property("subject").orElse(""));
        assertThat(entry.condition()).as(name).isEqualTo(ManifestEntry.Condition.WHOLE);
        assertThat(entry.name()).isEqualTo(name);
        assertThat(path(stored)).isEqualTo(placed.folder() + "/" + name);

        JsonNode state = state(entry);
        assertThat(state.path("isRead").asBoolean())
                .as("read mark of " + name)
                .isEqualTo(Boolean.TRUE.equals(message.property("isRead").orElse(false)));
        JsonNode whole = json(part(entry, "message"));
        Object body = message.property("body").orElseThrow();
        assertThat(whole.path("body").path("content").asText())
                .as("text of " + name)
                .isEqualTo(((Map<?, ?>) body).get("content"));
        assertAttached(message, entry, whole);
    }

    private void assertAttached(GraphMessage message, ManifestEntry entry, JsonNode whole) {
        List<String> expected = new ArrayList<>();
        for (GraphAttachment each : message.attached()) {
            expected.add(each.name() + " " + Base64.getEncoder().encodeToString(each.bytes()));
        }
        List<String> found = new ArrayList<>();
        for (JsonNode each : whole.path("attachments")) {
            boolean file = each.path("@odata.type").asText().endsWith("fileAttachment");
            byte[] bytes = part(entry, "attachment/" + each.path("id").asText());
            found.add(each.path("name").asText() + " "
                    + (file ? Base64.getEncoder().encodeToString(bytes) : ""));
            if (!file) {
                assertThat(json(bytes).path("item").path("subject").asText())
                        .as("item within " + entry.name())
                        .isNotEmpty();
                assertThat(part(entry, "mime")).isNotEmpty();
            }
        }
        assertThat(found).as("attached to " + entry.name()).containsExactlyInAnyOrderElementsOf(expected);
    }

    JsonNode state(ManifestEntry entry) {
        return json(
                entry.metadata() instanceof MetadataEntry.Inline inline
                        ? inline.bytes()
                        : read(((MetadataEntry.Stored) entry.metadata()).part()));
    }

    byte[] part(ManifestEntry entry, String name) {
        return entry.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(this::read)
                .orElseThrow(() -> new AssertionError("'" + entry.name() + "' has no part " + name));
    }

    private byte[] read(PartEntry part) {
        try (InputStream in = rig.repository.read(latest(), part)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
