// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.RestoreMark;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a target folder held when it was first looked at: what restores made, by their tags, and other messages, by their internet ids. */
final class FolderContent {
    private final String folder;
    private final Map<String, String> made = new ConcurrentHashMap<>();
    private final Map<String, String> others = new ConcurrentHashMap<>();

    private FolderContent(String folder) {
        this.folder = folder;
    }

    static FolderContent empty(String folder) {
        return new FolderContent(folder);
    }

    /** One listing of tags, before the first message is put. */
    static FolderContent read(GraphClient graph, Mailbox mailbox, String folder) {
        FolderContent content = new FolderContent(folder);
        GraphCall first = mailbox.get(
                        "mail.messages.tags",
                        mailbox.path("/mailFolders/{}/messages", folder)
                                .with("$select", "id,internetMessageId")
                                .with("$top", "500")
                                .with("$expand", RestoreMark.EXPAND))
                .restoring();
        graph.each(first, content::take);
        return content;
    }

    private void take(JsonNode message) {
        String id = message.path("id").asText();
        Optional<String> tag = RestoreMark.of(message);
        if (tag.isPresent()) {
            made.put(tag.get(), id);
        } else {
            Json.text(message, "internetMessageId").ifPresent(internet -> others.put(internet, id));
        }
    }

    /** The message that this restore made, by its tag. */
    Optional<String> made(String tag) {
        return Optional.ofNullable(made.get(tag));
    }

    /** A message that no restore made, by its internet id. */
    Optional<String> other(String internetMessageId) {
        return Optional.ofNullable(others.get(internetMessageId));
    }

    void add(String tag, String id) {
        made.put(tag, id);
    }

    /** Asks for a message by its tag, after a create of which nobody knows what became of it. */
    Optional<String> look(GraphClient graph, Mailbox mailbox, String tag) {
        GraphPath path = mailbox.path("/mailFolders/{}/messages", folder)
                .with("$filter", RestoreMark.filter(tag))
                .with("$select", "id");
        ObjectNode found = graph.object(mailbox.get("mail.messages.tags", path).restoring());
        return Json.text(found.path("value").path(0), "id");
    }
}
