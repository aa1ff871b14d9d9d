// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message before it is in a mailbox. For one thread; adding it to a folder copies it. */
public final class MessageDraft {
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<GraphAttachment> attachments = new ArrayList<>();
    private final Map<String, String> extended = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private byte @Nullable [] mime;

    private MessageDraft() {}

    /**
     * A message that was received, unread and from nobody yet.
     *
     * @param subject its subject
     * @return a message without a body
     */
    public static MessageDraft of(String subject) {
        MessageDraft draft = new MessageDraft();
        draft.properties.put("subject", Objects.requireNonNull(subject));
        draft.text("");
        return draft;
    }

    /**
     * A message as it came over the wire. What {@code /$value} gives are these very bytes.
     *
     * @param message in the format of RFC 5322 with MIME; not copied, so not to be changed
     * @return the message, with subject, people, dates, body and attachments from it
     */
    public static MessageDraft fromMime(byte[] message) {
        MessageDraft draft = of("");
        new MimeReader(message).fill(draft);
        draft.mime = message;
        return draft;
    }

    /** What a request's body says. */
    static MessageDraft fromJson(Map<String, Object> json) {
        MessageDraft draft = of("");
        draft.properties.putAll(json);
        return draft;
    }

    /**
     * Sets a plain body.
     *
     * @param body the text
     * @return this draft
     */
    public MessageDraft text(String body) {
        return set("body", Json.object("contentType", "text", "content", body));
    }

    /**
     * Sets a body of HTML.
     *
     * @param body the markup
     * @return this draft
     */
    public MessageDraft html(String body) {
        return set("body", Json.object("contentType", "html", "content", body));
    }

    /**
     * Sets who it is from.
     *
     * @param name the name
     * @param address the address
     * @return this draft
     */
    public MessageDraft from(String name, String address) {
        set("sender", recipient(name, address));
        return set("from", recipient(name, address));
    }

    /**
     * Adds somebody it is for.
     *
     * @param name the name
     * @param address the address
     * @return this draft
     */
    public MessageDraft to(String name, String address) {
        return add("toRecipients", recipient(name, address));
    }

    /**
     * Adds somebody it is for, too.
     *
     * @param name the name
     * @param address the address
     * @return this draft
     */
    public MessageDraft cc(String name, String address) {
        return add("ccRecipients", recipient(name, address));
    }

    /**
     * Sets when it was received; by default when it is added.
     *
     * @param instant the instant; Graph knows whole seconds
     * @return this draft
     */
    public MessageDraft receivedAt(Instant instant) {
        return set("receivedDateTime", GraphTenant.stamp(instant));
    }

    /**
     * Sets when it was sent; by default when it is added.
     *
     * @param instant the instant; Graph knows whole seconds
     * @return this draft
     */
    public MessageDraft sentAt(Instant instant) {
        return set("sentDateTime", GraphTenant.stamp(instant));
    }

    /**
     * Makes it one that is being written.
     *
     * @return this draft
     */
    public MessageDraft draft() {
        return set("isDraft", true);
    }

    /**
     * Makes it one that was read.
     *
     * @return this draft
     */
    public MessageDraft read() {
        return set("isRead", true);
    }

    /**
     * Adds a category.
     *
     * @param name its name
     * @return this draft
     */
    public MessageDraft category(String name) {
        return add("categories", name);
    }

    /**
     * Adds a header field, which {@code internetMessageHeaders} and the MIME then have.
     *
     * @param name its name
     * @param value its value
     * @return this draft
     */
    public MessageDraft header(String name, String value) {
        return add("internetMessageHeaders", Json.object("name", name, "value", value));
    }

    /**
     * Sets any property of Graph's type {@code message}.
     *
     * @param name its name
     * @param value text, a number, a boolean, a list, a map or null
     * @return this draft
     */
    public MessageDraft set(String name, @Nullable Object value) {
        properties.put(name, value);
        return this;
    }

    /**
     * Sets a single-value extended property.
     *
     * @param id such as {@code String {00020329-0000-0000-c000-000000000046} Name mark}
     * @param value its value
     * @return this draft
     */
    public MessageDraft extended(String id, String value) {
        extended.put(Extended.normal(id), value);
        return this;
    }

    /**
     * Adds an attachment.
     *
     * @param attachment the attachment
     * @return this draft
     */
    public MessageDraft attach(GraphAttachment attachment) {
        attachments.add(Objects.requireNonNull(attachment));
        return this;
    }

    private MessageDraft add(String name, Object value) {
        List<Object> all = new ArrayList<>();
        if (properties.get(name) instanceof List<?> list) {
            all.addAll(list);
        }
        all.add(value);
        return set(name, all);
    }

    static Map<String, Object> recipient(String name, String address) {
        return Json.object("emailAddress", Json.object("name", name, "address", address));
    }

    MessageDraft copy() {
        MessageDraft copy = new MessageDraft();
        copy.properties.putAll(properties);
        copy.attachments.addAll(attachments);
        copy.extended.putAll(extended);
        copy.mime = mime;
        return copy;
    }

    Map<String, Object> properties() {
        return properties;
    }

    List<GraphAttachment> attachments() {
        return attachments;
    }

    Map<String, String> extended() {
        return extended;
    }

    Optional<byte[]> mime() {
        return Optional.ofNullable(mime);
    }
}
