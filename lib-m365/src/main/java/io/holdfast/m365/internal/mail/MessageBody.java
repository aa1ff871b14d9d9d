// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.RestoreMark;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored message on its way back: what is written of it, and in which form.
 *
 * @param properties its properties as they were read, with the present state over them; null if only the rendering is stored
 * @param state the state that changes: read, flag, categories, importance
 * @param attachments its attachments
 * @param mime the rendering, if one is stored
 */
record MessageBody(
        @Nullable ObjectNode properties, ObjectNode state, List<Attachment> attachments, Optional<Part> mime) {
    private static final List<String> STATE =
            List.of("isRead", "flag", "categories", "importance", "inferenceClassification");

    /** What a create takes; everything else of a message is the service's to say. */
    private static final List<String> WRITABLE = List.of(
            "subject",
            "body",
            "from",
            "sender",
            "toRecipients",
            "ccRecipients",
            "bccRecipients",
            "replyTo",
            "importance",
            "categories",
            "flag",
            "isRead",
            "isDeliveryReceiptRequested",
            "isReadReceiptRequested",
            "inferenceClassification");

    /**
     * An attachment on its way back.
     *
     * @param description its own properties
     * @param content its stored content
     */
    record Attachment(ObjectNode description, Part content) {
        boolean isItem() {
            return description.path("@odata.type").asText("").endsWith("itemAttachment");
        }

        String name() {
            return description.path("name").asText("");
        }
    }

    static MessageBody read(RestoreItem item) throws IOException {
        Map<String, Part> parts = new HashMap<>();
        item.parts().forEach(part -> parts.put(part.name(), part));
        ObjectNode state = Json.object();
        ObjectNode metadata = MailboxTarget.metadata(item);
        Part stored = parts.get("message");
        ObjectNode properties = stored == null ? null : (ObjectNode) Json.read(bytes(stored));
        for (String field : STATE) {
            JsonNode value = metadata.has(field) || properties == null ? metadata.get(field) : properties.get(field);
            if (value != null) {
                state.set(field, value);
            }
        }
        List<Attachment> attachments = new ArrayList<>();
        if (properties != null) {
            metadata.fieldNames().forEachRemaining(field -> properties.set(field, metadata.get(field)));
            for (JsonNode each : properties.path("attachments")) {
                Part content = parts.get("attachment/" + each.path("id").asText());
                if (content != null) {
                    attachments.add(new Attachment((ObjectNode) each, content));
                }
            }
        }
        return new MessageBody(
                properties, properties == null ? metadata : state, attachments, Optional.ofNullable(parts.get("mime")));
    }

    static byte[] bytes(Part part) throws IOException {
        try (InputStream in = part.open(0)) {
            return in.readAllBytes();
        }
    }

    Optional<String> internetMessageId() {
        return Json.text(properties == null ? state : properties, "internetMessageId");
    }

    /** How many bytes of attachments there are. */
    long attachmentBytes() {
        return attachments.stream()
                .mapToLong(each -> Math.max(0, each.content().length()))
                .sum();
    }

    /** The object of a create: one request makes the message with dates, state and mark, since what is sent once cannot be changed later. */
    ObjectNode toCreate(ObjectNode stored, String tag) {
        ObjectNode message = writable(stored);
        var extended = message.putArray("singleValueExtendedProperties");
        Map<String, String> values = new java.util.LinkedHashMap<>();
        if (!stored.path("isDraft").asBoolean(false)) {
            values.put(Mailbox.Property.FLAGS, stored.path("isRead").asBoolean(false) ? "5" : "4");
        }
        Json.text(stored, "receivedDateTime").ifPresent(time -> values.put(Mailbox.Property.DELIVERED, time));
        Json.text(stored, "sentDateTime").ifPresent(time -> values.put(Mailbox.Property.SUBMITTED, time));
        Json.text(stored, "internetMessageId").ifPresent(id -> values.put(Mailbox.Property.INTERNET_ID, id));
        headers(stored).ifPresent(headers -> values.put(Mailbox.Property.HEADERS, headers));
        values.put(RestoreMark.ID, tag);
        values.forEach((id, value) -> extended.addObject().put("id", id).put("value", value));
        return message;
    }

    /** What may be written over a message that is there. */
    ObjectNode toUpdate() {
        if (properties == null || !properties.path("isDraft").asBoolean(false)) {
            return state;
        }
        return writable(properties);
    }

    private static ObjectNode writable(ObjectNode stored) {
        ObjectNode message = Json.object();
        for (String field : WRITABLE) {
            JsonNode value = stored.get(field);
            if (value != null && !value.isNull()) {
                message.set(field, value);
            }
        }
        return message;
    }

    static Optional<String> headers(ObjectNode stored) {
        for (JsonNode each : stored.path("singleValueExtendedProperties")) {
            if (each.path("id").asText("").equalsIgnoreCase(Mailbox.Property.HEADERS)) {
                return Json.text(each, "value");
            }
        }
        return Optional.empty();
    }
}
