// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Graph shows a message. */
final class MessageJson {
    /** Shown only to those who ask for them by name. */
    private static final Set<String> ON_REQUEST = Set.of("internetMessageHeaders", "uniqueBody");

    private static final Pattern EXTENDED_ID = Pattern.compile("id eq '((?:[^']|'')*)'");
    /** More attached bytes than this make a page that does not come in time. */
    private static final long MOST_EXPANDED = 40L << 20;

    private static final List<String> PEOPLE = List.of("toRecipients", "ccRecipients", "bccRecipients", "replyTo");

    private MessageJson() {}

    /** With what the query selects and expands. */
    static Map<String, Object> of(GraphMessage message, Call call, Query query) {
        Map<String, Object> json = shown(message, call, query.selection());
        query.expansion("attachments").ifPresent(expansion -> json.put("attachments", attachments(message, call)));
        query.expansion("singleValueExtendedProperties")
                .ifPresent(expansion -> extended(message, expansion.options().getOrDefault("$filter", ""), json));
        return json;
    }

    /** The same as an element of a page, which one bad message can spoil. */
    static Map<String, Object> inPage(GraphMessage message, Call call, Query query) {
        if (message.flaw() == MessageFlaw.POISON && query.selection().wants("body")) {
            throw new GraphError(504, "UnknownError", "The request timed out.");
        }
        long expanded = query.expansion("attachments").isEmpty()
                ? 0
                : message.attachments().stream()
                        .mapToLong(each -> each.attachment().content().length())
                        .sum();
        if (expanded > MOST_EXPANDED) {
            throw new GraphError(504, "UnknownError", "The request timed out.");
        }
        return of(message, call, query);
    }

    private static Map<String, Object> shown(GraphMessage message, Call call, Query.Selection selection) {
        Map<String, Object> all = all(message, call);
        if (selection.isAll()) {
            ON_REQUEST.forEach(all::remove);
            return all;
        }
        if (selection.wants("uniqueBody")) {
            all.put("uniqueBody", all.get("body"));
        }
        return new LinkedHashMap<>(selection.of(all));
    }

    private static Map<String, Object> all(GraphMessage message, Call call) {
        Map<String, Object> said = message.properties();
        Map<String, Object> body =
                body(Json.child(said, "body"), call.preferences().textBodies());
        Map<String, Object> json = Json.object();
        if (message.isMeeting()) {
            json.put("@odata.type", "#microsoft.graph.eventMessageRequest");
        }
        json.put("@odata.etag", "W/\"" + message.changeKey() + "\"");
        json.put("id", message.id(call.immutableIds()));
        json.put("createdDateTime", GraphTenant.stamp(message.created()));
        json.put("lastModifiedDateTime", GraphTenant.stamp(message.modified()));
        json.put("changeKey", message.changeKey());
        json.put("categories", said.getOrDefault("categories", List.of()));
        json.put("receivedDateTime", said.get("receivedDateTime"));
        json.put("sentDateTime", said.get("sentDateTime"));
        json.put("hasAttachments", message.hasAttachments());
        json.put("internetMessageId", said.get("internetMessageId"));
        json.put("internetMessageHeaders", said.getOrDefault("internetMessageHeaders", List.of()));
        json.put("subject", said.get("subject"));
        json.put("bodyPreview", preview(Json.child(said, "body")));
        json.put("importance", said.getOrDefault("importance", "normal"));
        json.put("parentFolderId", message.folder().id());
        String conversation =
                said.getOrDefault("conversationId", message.number()).toString();
        json.put("conversationId", "AAQk" + conversation);
        json.put(
                "conversationIndex", Base64.getEncoder().encodeToString(conversation.getBytes(StandardCharsets.UTF_8)));
        json.put("isDeliveryReceiptRequested", said.getOrDefault("isDeliveryReceiptRequested", false));
        json.put("isReadReceiptRequested", said.getOrDefault("isReadReceiptRequested", false));
        json.put("isRead", message.isRead());
        json.put("isDraft", message.isDraft());
        json.put(
                "webLink",
                "https://outlook.office365.com/owa/?ItemID=" + message.id(false)
                        + "&exvsurl=1&viewmodel=ReadMessageItem");
        json.put("inferenceClassification", said.getOrDefault("inferenceClassification", "focused"));
        json.put("body", body);
        json.put("sender", said.get("sender"));
        json.put("from", said.get("from"));
        PEOPLE.forEach(name -> json.put(name, said.getOrDefault(name, List.of())));
        json.put("flag", said.getOrDefault("flag", Json.object("flagStatus", "notFlagged")));
        if (message.isMeeting()) {
            json.put("meetingMessageType", said.getOrDefault("meetingMessageType", "meetingRequest"));
        }
        return json;
    }

    private static Map<String, Object> body(Map<String, Object> body, boolean asText) {
        boolean html = Json.text(body, "contentType").equalsIgnoreCase("html");
        return html && asText
                ? Json.object("contentType", "text", "content", plain(Json.text(body, "content")))
                : Json.object("contentType", html ? "html" : "text", "content", Json.text(body, "content"));
    }

    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String preview(Map<String, Object> body) {
        String text = plain(Json.text(body, "content"));
        return text.substring(0, Math.min(255, text.length()));
    }

    private static List<Object> attachments(GraphMessage message, Call call) {
        List<Object> all = new ArrayList<>();
        message.attachments().forEach(each -> all.add(each.whole(call.immutableIds())));
        return all;
    }

    private static void extended(GraphMessage message, String filter, Map<String, Object> json) {
        List<Object> values = new ArrayList<>();
        Matcher ids = EXTENDED_ID.matcher(filter);
        while (ids.find()) {
            String id = ids.group(1).replace("''", "'");
            Extended.value(message, id)
                    .ifPresent(value -> values.add(Json.object("id", Extended.normal(id), "value", value)));
        }
        // The service leaves the array out when there is nothing in it.
        if (!values.isEmpty()) {
            json.put("singleValueExtendedProperties", values);
        }
    }

    /** A message within a message, which has no place in a mailbox. */
    static Map<String, Object> nested(MessageDraft draft, Call call) {
        Map<String, Object> said = draft.properties();
        Map<String, Object> json = Json.object(
                "@odata.type", "#microsoft.graph.message",
                "id", "",
                "createdDateTime", said.get("sentDateTime"),
                "lastModifiedDateTime", said.get("sentDateTime"),
                "receivedDateTime", said.get("receivedDateTime"),
                "sentDateTime", said.get("sentDateTime"),
                "hasAttachments", !draft.attachments().isEmpty(),
                "internetMessageId", said.get("internetMessageId"),
                "subject", said.get("subject"),
                "importance", said.getOrDefault("importance", "normal"),
                "isRead", Boolean.TRUE.equals(said.get("isRead")),
                "isDraft", Boolean.TRUE.equals(said.get("isDraft")),
                "body", body(Json.child(said, "body"), call.preferences().textBodies()),
                "sender", said.get("sender"),
                "from", said.get("from"));
        PEOPLE.forEach(name -> json.put(name, said.getOrDefault(name, List.of())));
        return json;
    }
}
