// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes a message from what a request says, in the way and with the refusals of the service. */
final class MessageReader {
    /** What drafts alone let be changed, unless an application has a further permission. */
    static final Set<String> SENSITIVE = Set.of(
            "subject",
            "body",
            "toRecipients",
            "ccRecipients",
            "bccRecipients",
            "replyTo",
            "from",
            "sender",
            "internetMessageId");

    private static final Set<String> WRITABLE = Set.of(
            "importance",
            "inferenceClassification",
            "isRead",
            "flag",
            "categories",
            "isDeliveryReceiptRequested",
            "isReadReceiptRequested",
            "internetMessageHeaders");
    /** What may be said, but is not heard. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "createdDateTime",
            "lastModifiedDateTime",
            "changeKey",
            "receivedDateTime",
            "sentDateTime",
            "hasAttachments",
            "bodyPreview",
            "parentFolderId",
            "conversationId",
            "conversationIndex",
            "isDraft",
            "webLink",
            "uniqueBody",
            "attachments",
            "singleValueExtendedProperties",
            "multiValueExtendedProperties");

    private static final List<String> PEOPLE = List.of("toRecipients", "ccRecipients", "bccRecipients", "replyTo");
    private static final int MOST_HEADERS = 5;

    private MessageReader() {}

    static MessageDraft read(Map<String, Object> json) {
        MessageDraft draft = MessageDraft.fromJson(said(json));
        for (Map<String, Object> each : Json.children(json, "singleValueExtendedProperties")) {
            draft.extended(Json.text(each, "id"), Json.text(each, "value"));
        }
        // What is not said otherwise is a draft; the flags have to be there from the beginning.
        String flags = draft.extended().remove(Extended.FLAGS);
        boolean unsent = flags == null || Extended.isDraft(flags);
        draft.set("isDraft", unsent);
        if (flags != null && Extended.isRead(flags)) {
            draft.read();
        }
        date(draft, Extended.DELIVERED, "receivedDateTime");
        date(draft, Extended.SUBMITTED, "sentDateTime");
        Optional.ofNullable(draft.extended().remove(Extended.INTERNET_ID))
                .ifPresent(id -> draft.set("internetMessageId", id));
        Json.children(json, "attachments").forEach(each -> draft.attach(AttachmentWorkload.read(each)));
        return draft;
    }

    private static void date(MessageDraft draft, String property, String name) {
        String value = draft.extended().remove(property);
        if (value != null) {
            draft.set(name, value.length() > 19 ? value.substring(0, 19) + "Z" : value);
        }
    }

    /** What counts of a request's body, checked. */
    static Map<String, Object> said(Map<String, Object> json) {
        Map<String, Object> said = Json.object();
        json.forEach((name, value) -> {
            boolean known = SENSITIVE.contains(name) || WRITABLE.contains(name);
            if (!known && !READ_ONLY.contains(name) && !name.contains("@")) {
                throw new GraphError(
                        400,
                        "RequestBodyRead",
                        "The property '" + name
                                + "' does not exist on type 'microsoft.graph.message'. Make sure to only use property names that are defined by the type.");
            }
            if (known) {
                said.put(name, value);
            }
        });
        Set<String> people = new HashSet<>(PEOPLE);
        people.retainAll(said.keySet());
        people.forEach(name -> Json.children(said, name).forEach(MessageReader::check));
        List<Map<String, Object>> headers = Json.children(said, "internetMessageHeaders");
        boolean custom =
                headers.stream().allMatch(each -> Json.text(each, "name").regionMatches(true, 0, "x-", 0, 2));
        if (!custom || headers.size() > MOST_HEADERS) {
            throw new GraphError(
                    400,
                    "InvalidInternetMessageHeader",
                    "Internet message headers must start with 'x-', and there are at most " + MOST_HEADERS + ".");
        }
        return said;
    }

    private static void check(Map<String, Object> recipient) {
        String address = Json.text(Json.child(recipient, "emailAddress"), "address");
        if (!address.contains("@") && !address.regionMatches(true, 0, "/o=", 0, 3)) {
            throw new GraphError(
                    400, "ErrorInvalidRecipients", "At least one recipient isn't valid: '" + address + "'.");
        }
    }
}
