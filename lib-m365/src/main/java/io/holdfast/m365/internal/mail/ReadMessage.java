// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole message as one answer gave it: its properties, and its attachments beside them.
 *
 * @param properties all properties, the attachments' own included, their contents not
 * @param attachments the attachments in their order
 * @param complete whether all attachments are known
 */
record ReadMessage(ObjectNode properties, List<Attachment> attachments, boolean complete) {
    /** What one message may hold in memory of its attachments; what is larger is read on its own. */
    static final int MOST_IN_MEMORY = 3 << 20;

    /** Of {@link Mailbox.Property#FLAGS}, mfHasAttach. */
    private static final int HAS_ATTACHMENTS = 0x10;

    /**
     * An attachment.
     *
     * @param id its id
     * @param type its type in Graph, without the namespace
     * @param size its size as Graph tells it, which counts more than the content; less than 0 if it does not
     * @param content its bytes; null if they were not given, or are too many to be kept
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Attachment(String id, String type, long size, byte @Nullable [] content) {
        boolean isFile() {
            return type.equals("fileAttachment");
        }

        boolean isItem() {
            return type.equals("itemAttachment");
        }
    }

    /**
     * Reads a message from an answer.
     *
     * @param parser at the message's first token; left at its last
     * @return the message
     * @throws IOException if the answer breaks off or is no JSON
     */
    static ReadMessage read(JsonParser parser) throws IOException {
        ObjectNode properties = Json.object();
        List<Attachment> attachments = new ArrayList<>();
        boolean expanded = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("attachments") && value == JsonToken.START_ARRAY) {
                expanded = true;
                properties.set(name, readAttachments(parser, attachments));
            } else {
                properties.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        boolean more = properties.has("attachments@odata.nextLink");
        Properties.withoutAnnotations(properties);
        ReadMessage message = new ReadMessage(properties, attachments, expanded && !more);
        return message.saysMore() ? new ReadMessage(properties, attachments, false) : message;
    }

    /**
     * Whether nothing came of attachments of which the message itself speaks: expansions leave things out. Graph counts inline ones out of its own
     * flag; Exchange's (MS-OXCMSG, 2.2.1.6) counts all.
     */
    private boolean saysMore() {
        if (!attachments.isEmpty()) {
            return false;
        }
        String body = properties.path("body").path("content").asText("");
        return properties.path("hasAttachments").asBoolean(false)
                || body.toLowerCase(Locale.ROOT).contains("cid:")
                || (flags() & HAS_ATTACHMENTS) != 0;
    }

    private int flags() {
        try {
            return Integer.parseInt(extended(Mailbox.Property.FLAGS).orElse("0").trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static ArrayNode readAttachments(JsonParser parser, List<Attachment> attachments) throws IOException {
        ArrayNode described = Json.mapper().createArrayNode();
        int left = MOST_IN_MEMORY;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            ObjectNode description = Json.object();
            Bounded content = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("contentBytes") && value == JsonToken.VALUE_STRING) {
                    content = new Bounded(left);
                    parser.readBinaryValue(content);
                } else {
                    description.set(name, parser.<JsonNode>readValueAsTree());
                }
            }
            byte[] bytes = content == null ? null : content.bytes();
            left -= bytes == null ? 0 : bytes.length;
            attachments.add(attachment(description, bytes));
            described.add(Properties.withoutAnnotations(description));
        }
        return described;
    }

    static Attachment attachment(ObjectNode description, byte @Nullable [] content) {
        String type = description.path("@odata.type").asText("#microsoft.graph.fileAttachment");
        return new Attachment(
                description.path("id").asText(),
                type.substring(type.lastIndexOf('.') + 1),
                description.path("size").asLong(-1),
                content);
    }

    /** An extended property's value. */
    Optional<String> extended(String id) {
        for (JsonNode each : properties.path("singleValueExtendedProperties")) {
            if (each.path("id").asText("").equalsIgnoreCase(id)) {
                return Json.text(each, "value");
            }
        }
        return Optional.empty();
    }

    /** Whether only the message as it was sent says all there is: it is signed, encrypted, or holds other items. */
    boolean wantsOriginal() {
        String itemClass = extended(Mailbox.Property.CLASS).orElse("").toLowerCase(Locale.ROOT);
        return itemClass.startsWith("ipm.note.smime")
                || itemClass.contains("rpmsg")
                || attachments.stream().anyMatch(Attachment::isItem)
                || isEncoded();
    }

    private boolean isEncoded() {
        for (JsonNode each : properties.path("attachments")) {
            String type = each.path("contentType").asText("").toLowerCase(Locale.ROOT);
            if (type.equals("multipart/signed")
                    || type.startsWith("application/pkcs7-")
                    || type.startsWith("application/x-pkcs7-")
                    || type.startsWith("application/x-microsoft-rpmsg-message")) {
                return true;
            }
        }
        return false;
    }

    /** Takes bytes up to a bound, and then counts them only. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int most;
        private boolean over;

        private Bounded(int most) {
            this.most = most;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (over || kept.size() + length > most) {
                over = true;
                kept.reset();
            } else {
                kept.write(bytes, offset, length);
            }
        }

        private byte @Nullable [] bytes() {
            return over ? null : kept.toByteArray();
        }
    }
}
