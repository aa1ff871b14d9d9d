// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.source.Change;
import io.holdfast.source.SourceItem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Messages as items: their tags, their metadata, and what a line of a feed says of them. */
final class Messages {
    /**
     * What is kept beside the content, since it changes without it. Names and times that the content has, too, are left out: patches are merged over
     * short metadata without a request.
     */
    private static final List<String> KEPT =
            List.of("isRead", "isDraft", "flag", "categories", "importance", "inferenceClassification");

    private Messages() {}

    /**
     * What a line of a folder's feed says.
     *
     * @param line the line
     * @param folder the folder whose feed it is
     * @return the change
     */
    static Change change(ObjectNode line, FeedId folder) {
        ItemKey key = new ItemKey(line.path("id").asText());
        if (line.has("@removed")) {
            return new Change.Removal(key);
        }
        // Later rounds send three fields for a change of the read mark: a patch, which would ruin the item if it was
        // taken for it.
        if (!line.has("changeKey") || !line.has("receivedDateTime")) {
            return patch(key, line, folder);
        }
        return new Change.Upsert(item(line, folder), List.of());
    }

    private static Change patch(ItemKey key, ObjectNode line, FeedId folder) {
        Change.Patch.Fields fields = new Change.Patch.Fields(
                Optional.empty(),
                Json.text(line, "changeKey"),
                Json.text(line, "subject"),
                Optional.of(List.of(new ItemKey(folder.value()))),
                Json.time(line, "lastModifiedDateTime"));
        return new Change.Patch(key, fields, Json.bytes(metadata(line)));
    }

    /** A message in a folder; its content is recognised without having been read. */
    static SourceItem item(ObjectNode message, FeedId folder) {
        return new SourceItem(
                new ItemKey(message.path("id").asText()),
                MailKinds.MESSAGE,
                List.of(new ItemKey(folder.value())),
                Json.text(message, "subject").orElse(""),
                new SourceItem.Tags(Optional.of(contentTag(message)), Json.text(message, "changeKey")),
                Json.time(message, "lastModifiedDateTime"),
                -1,
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, Json.bytes(metadata(message))),
                List.of());
    }

    private static ObjectNode metadata(ObjectNode message) {
        ObjectNode kept = Json.object();
        for (String field : KEPT) {
            JsonNode value = message.get(field);
            if (value != null) {
                kept.set(field, value);
            }
        }
        return kept;
    }

    /** When it was received, so that a listing can find it among its neighbours; then what its content is recognised by. */
    private static String contentTag(ObjectNode message) {
        String received = message.path("receivedDateTime").asText("");
        if (message.path("isDraft").asBoolean(false)) {
            return received + " " + message.path("changeKey").asText();
        }
        String fixed = message.path("internetMessageId").asText("") + "\n"
                + message.path("sentDateTime").asText("") + "\n"
                + message.path("subject").asText("") + "\n"
                + message.path("hasAttachments").asBoolean(false);
        return received + " " + Properties.hash(fixed);
    }

    /** When the message of a content tag was received, if the tag tells. */
    static Optional<Instant> received(String contentTag) {
        try {
            return Optional.of(Instant.parse(contentTag.substring(0, Math.max(0, contentTag.indexOf(' ')))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
