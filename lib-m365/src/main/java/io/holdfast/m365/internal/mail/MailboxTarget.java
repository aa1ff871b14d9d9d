// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreTarget.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One mailbox that takes items back. For several threads; folders come one at a time and first. */
final class MailboxTarget {
    private final GraphClient graph;
    private final Mailbox mailbox;
    private final RestoreSettings settings;
    private final Consumer<String> remarks;
    private final FolderPlaces places;
    private final MessageWriter writer;
    /** Creates of which nobody knows what became of them. */
    private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

    MailboxTarget(GraphClient graph, Mailbox mailbox, RestoreSettings settings, Consumer<String> remarks) {
        this.graph = graph;
        this.mailbox = mailbox;
        this.settings = settings;
        this.remarks = remarks;
        this.places = new FolderPlaces(graph, mailbox, settings);
        this.writer = new MessageWriter(graph, mailbox);
    }

    Placement put(RestoreItem item, boolean sameMailbox) {
        ItemKind kind = item.item().kind();
        if (kind.equals(MailKinds.FOLDER)) {
            return places.put(item, sameMailbox);
        }
        if (kind.equals(MailKinds.MESSAGE)) {
            return message(item, sameMailbox);
        }
        if (kind.equals(MailKinds.CATEGORY)) {
            return category(item);
        }
        remarks.accept(
                kind + " '" + item.item().name() + "' was not written: restore it to a directory and set it by hand");
        return Placement.SKIPPED;
    }

    private Placement message(RestoreItem item, boolean sameMailbox) {
        FolderPlaces.Place place = places.of(item);
        FolderContent content = place.content(graph, mailbox);
        MessageBody body = read(item);
        Optional<String> made = content.made(item.tag());
        if (made.isEmpty() && uncertain.contains(item.tag())) {
            made = content.look(graph, mailbox, item.tag());
        }
        if (made.isPresent()) {
            content.add(item.tag(), made.get());
            writer.complete(made.get(), body, item);
            return Placement.ALREADY_THERE;
        }
        Optional<String> inTheWay = inTheWay(item, body, content, sameMailbox);
        if (inTheWay.isPresent() && settings.conflict() == Conflict.SKIP) {
            return Placement.SKIPPED;
        }
        if (inTheWay.isPresent() && settings.conflict() == Conflict.REPLACE) {
            writer.overwrite(inTheWay.get(), body, place.id());
            return Placement.RESTORED;
        }
        create(item, place, body);
        return Placement.RESTORED;
    }

    private void create(RestoreItem item, FolderPlaces.Place place, MessageBody body) {
        uncertain.add(item.tag());
        String id;
        try {
            id = writer.create(place.id(), body, item.tag());
        } catch (FailureException e) {
            if (e.failure().category() == FailureCategory.THROTTLED) {
                // It was refused, and that is certain.
                uncertain.remove(item.tag());
            }
            throw e;
        }
        uncertain.remove(item.tag());
        // Known from now on: what still fails is completed by the next attempt, and not created again.
        place.content(graph, mailbox).add(item.tag(), id);
        writer.finish(id, body, item).ifPresent(remarks);
    }

    /** What this restore did not make and what is the same message: by its id where it came from, or by its internet id in the same folder. */
    private Optional<String> inTheWay(RestoreItem item, MessageBody body, FolderContent content, boolean sameMailbox) {
        Optional<String> same = body.internetMessageId().flatMap(content::other);
        if (same.isPresent() || !sameMailbox || settings.intoFolder().isPresent()) {
            return same;
        }
        ItemKey key = item.item().key();
        return graph.find(mailbox.get(
                        "mail.message.lookup",
                        mailbox.path("/messages/{}", key.value()).with("$select", "id,parentFolderId")))
                .filter(found ->
                        !places.isOutOfSight(found.path("parentFolderId").asText()))
                .map(found -> key.value());
    }

    private static MessageBody read(RestoreItem item) {
        try {
            return MessageBody.read(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A category is its name and its colour; one of that name is there already, or not. */
    private Placement category(RestoreItem item) {
        JsonNode wanted = metadata(item);
        JsonNode all = graph.object(mailbox.get("mail.categories.list", "/outlook/masterCategories"));
        for (JsonNode each : all.path("value")) {
            if (each.path("displayName").asText().equalsIgnoreCase(item.item().name())) {
                return Placement.ALREADY_THERE;
            }
        }
        ObjectNode category = Json.object();
        category.put("displayName", item.item().name());
        category.set("color", wanted.path("color"));
        graph.object(mailbox.write("POST", "mail.category.create", mailbox.path("/outlook/masterCategories"))
                .json(category));
        return Placement.RESTORED;
    }

    static ObjectNode metadata(RestoreItem item) {
        try {
            return Json.read(item.item().metadata().bytes()) instanceof ObjectNode object ? object : Json.object();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
