// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An attachment to give to a message. Immutable and safe for use by several threads if its content is. */
public final class GraphAttachment {
    private final Kind kind;
    private final String name;
    private final String contentType;
    private final Optional<String> contentId;
    private final HttpBody content;
    private final Optional<MessageDraft> item;

    private GraphAttachment(
            Kind kind,
            String name,
            String contentType,
            Optional<String> contentId,
            HttpBody content,
            Optional<MessageDraft> item) {
        this.kind = kind;
        this.name = Objects.requireNonNull(name, "name");
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.contentId = contentId;
        this.content = content;
        this.item = item;
    }

    /** What is attached. */
    enum Kind {
        FILE("#microsoft.graph.fileAttachment"),
        ITEM("#microsoft.graph.itemAttachment"),
        REFERENCE("#microsoft.graph.referenceAttachment");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /**
     * A file.
     *
     * @param name its name
     * @param contentType its media type
     * @param content its bytes, none allowed; not copied, so not to be changed
     * @return the attachment
     */
    public static GraphAttachment file(String name, String contentType, byte[] content) {
        return file(name, contentType, HttpBody.of(content));
    }

    /**
     * A file that is made when it is read, as large ones should be.
     *
     * @param name its name
     * @param contentType its media type
     * @param content its bytes; the same each time
     * @return the attachment
     */
    public static GraphAttachment file(String name, String contentType, HttpBody content) {
        return new GraphAttachment(Kind.FILE, name, contentType, Optional.empty(), content, Optional.empty());
    }

    /**
     * A message within the message.
     *
     * @param name what the attachment is called
     * @param item the message; its own attachments are nested in it
     * @return the attachment
     */
    public static GraphAttachment item(String name, MessageDraft item) {
        return new GraphAttachment(
                Kind.ITEM,
                name,
                "message/rfc822",
                Optional.empty(),
                HttpBody.of(new byte[0]),
                Optional.of(item.copy()));
    }

    /**
     * A link to a file in a drive. Graph v1.0 does not say where it leads to.
     *
     * @param name the file's name
     * @return the attachment
     */
    public static GraphAttachment reference(String name) {
        return new GraphAttachment(
                Kind.REFERENCE,
                name,
                "application/octet-stream",
                Optional.empty(),
                HttpBody.of(new byte[0]),
                Optional.empty());
    }

    /**
     * The same as part of the body.
     *
     * @param id what the body calls it, without angle brackets
     * @return another attachment
     */
    public GraphAttachment inline(String id) {
        return new GraphAttachment(kind, name, contentType, Optional.of(id), content, item);
    }

    Kind kind() {
        return kind;
    }

    /**
     * What it is called.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * What it says of itself, as tests of restores want to see: type, name, media type, the id by which the body calls it, the bytes of a file in base64,
     * and of a message within the message its properties and what is attached to it.
     *
     * @return names and values, to be read
     */
    public Map<String, Object> seen() {
        Map<String, Object> seen = Json.object(
                "type", kind.type(),
                "name", name,
                "contentType", contentType,
                "contentId", contentId.orElse(null),
                "contentBytes", Base64.getEncoder().encodeToString(bytes()));
        item.ifPresent(nested -> {
            seen.put("item", new LinkedHashMap<>(nested.properties()));
            seen.put(
                    "attachments",
                    nested.attachments().stream().map(GraphAttachment::seen).toList());
        });
        return seen;
    }

    String contentType() {
        return contentType;
    }

    Optional<String> contentId() {
        return contentId;
    }

    HttpBody content() {
        return content;
    }

    MessageDraft item() {
        return item.orElseThrow(() -> new IllegalStateException(name + " is no message"));
    }

    /**
     * The bytes of a file.
     *
     * @return all of them; none if it is no file
     */
    public byte[] bytes() {
        try (InputStream stream = content.open()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the attachment " + name + " cannot be read", e);
        }
    }
}
