// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import io.holdfast.simulators.graph.MessageFlaw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A mailbox: folders, messages with their read state and text, and every byte of what is attached. */
final class MailTruth extends Truth {
    MailTruth(TenantRig rig, GraphUser user) {
        super(rig, user);
    }

    @Override
    M365Workload workload() {
        return M365Workload.MAIL;
    }

    @Override
    ResourceId resource() {
        return new ResourceId("mail:" + user.id());
    }

    /** Messages of all sorts in folders of all sorts. */
    @Override
    void fill() {
        Random random = new Random(4);
        GraphFolder inbox = user.mailbox().inbox();
        GraphFolder projects = inbox.addFolder("Projects");
        GraphFolder deep = projects.addFolder("2029").addFolder("Häuser & Gärten");
        user.mailbox().folder("msgfolderroot").addFolder("Empty");
        user.mailbox().folder("msgfolderroot").addFolder("Projects");
        List<GraphFolder> folders = List.of(
                inbox,
                inbox,
                inbox,
                projects,
                deep,
                user.mailbox().folder("msgfolderroot").addHiddenFolder("Hidden"));
        for (int i = 0; i < 145; i++) {
            rig.time.advance(Duration.ofMinutes(7));
            MessageDraft message = TenantRig.message("Message " + i);
            if (i % 4 == 0) {
                message.attach(GraphAttachment.file("file " + i + ".bin", "application/octet-stream", noise(random)));
            }
            if (i % 12 == 0) {
                message.attach(GraphAttachment.file("empty.txt", "text/plain", new byte[0]));
            }
            folders.get(i % folders.size()).add(message);
        }
        inbox.add(TenantRig.message("With a nested one")
                .attach(GraphAttachment.item("nested", TenantRig.message("The nested one"))));
        inbox.add(TenantRig.message("With a picture")
                .html("<img src='cid:pic'>")
                .attach(GraphAttachment.file("pic.png", "image/png", noise(random))
                        .inline("pic")));
        user.mailbox().folder("drafts").add(TenantRig.message("Unfinished").draft());
    }

    @Override
    void live(int day) {
        GraphFolder inbox = user.mailbox().inbox();
        List<GraphMessage> there = inbox.messages();
        inbox.add(TenantRig.message("News of day " + day)
                .attach(GraphAttachment.file("news.bin", "application/octet-stream", noise(new Random(day)))));
        there.get(3).markRead(true);
        there.get(5).move(user.mailbox().folder("archive"));
        there.get(7).delete();
        there.get(9).purge();
        there.get(11).flag();
    }

    @Override
    void heal() {
        for (Placed each : messages().values()) {
            if (each.message.flaw() == MessageFlaw.VANISHED) {
                each.message.purge();
            } else {
                each.message.heal();
            }
        }
    }

    @Override
    Set<String> vanished() {
        return messages().values().stream()
                .map(Placed::message)
                .filter(each -> each.flaw() == MessageFlaw.VANISHED)
                .map(GraphMessage::immutableId)
                .collect(Collectors.toSet());
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

    @Override
    List<Held> inTenant(GraphUser whose) {
        List<Held> held = new ArrayList<>();
        held(whose.mailbox().folder("msgfolderroot"), "", held);
        return held;
    }

    private static void held(GraphFolder folder, String path, List<Held> held) {
        folder.messages().forEach(each -> held.add(held(each, path)));
        for (GraphFolder each : folder.folders()) {
            held.add(Held.container(path + "/" + each.displayName()));
            held(each, path + "/" + each.displayName(), held);
        }
    }

    private static Held held(GraphMessage message, String folder) {
        List<String> attached = new ArrayList<>();
        for (GraphAttachment each : message.attached()) {
            // Of a nested item, whose parts are rendered anew each time, there are no bytes.
            attached.add(each.name() + " " + digest(each.bytes()));
        }
        return new Held(
                message.immutableId(),
                line(
                        folder,
                        String.valueOf(message.property("subject").orElse("")),
                        Boolean.TRUE.equals(message.property("isRead").orElse(false)),
                        String.valueOf(((Map<?, ?>) message.property("body").orElseThrow()).get("content")),
                        attached));
    }

    private static String line(String folder, String subject, boolean isRead, String text, List<String> attached) {
        Collections.sort(attached);
        return folder + " | " + subject + (isRead ? " | read | " : " | unread | ") + text + " | " + attached;
    }

    @Override
    Optional<Held> inSnapshot(StoredItem item) {
        ManifestEntry entry = item.entry();
        // Rules, categories and settings are there, too.
        return entry.kind().name().equals("message")
                ? Optional.of(held(item, json(part(entry, "message"))))
                : Optional.empty();
    }

    private Held held(StoredItem item, JsonNode whole) {
        ManifestEntry entry = item.entry();
        List<String> attached = new ArrayList<>();
        for (JsonNode each : whole.path("attachments")) {
            boolean file = each.path("@odata.type").asText().endsWith("fileAttachment");
            byte[] bytes = part(entry, "attachment/" + each.path("id").asText());
            attached.add(each.path("name").asText() + " " + digest(file ? bytes : new byte[0]));
            if (!file) {
                assertThat(json(bytes).path("item").path("subject").asText())
                        .as("item within " + entry.name())
                        .isNotEmpty();
                assertThat(part(entry, "mime")).isNotEmpty();
            }
        }
        return new Held(
                entry.key().value(),
                line(
                        parent(item),
                        entry.name(),
                        state(entry).path("isRead").asBoolean(),
                        whole.path("body").path("content").asText(),
                        attached));
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

    JsonNode state(ManifestEntry entry) {
        return json(
                entry.metadata() instanceof MetadataEntry.Inline inline
                        ? inline.bytes()
                        : read(((MetadataEntry.Stored) entry.metadata()).part()));
    }
}
