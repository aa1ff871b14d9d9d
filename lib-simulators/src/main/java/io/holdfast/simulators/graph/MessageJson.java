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
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How Graph shows a message. */
final class MessageJson {
    /** Shown only to those who ask for them by name. */
    private static final Set<String> ON_REQUEST = Set.of("internetMessageHeaders", "uniqueBody");

    private static final Pattern EXTENDED_ID = Pattern.compile("id eq '((?:[^']|'')*)'");
    private static final List<String> PEOPLE = List.of("toRecipients", "ccRecipients", "bccRecipients", "replyTo");

    /** All but the id, in the order in which they are shown. */
    private static final Map<String, BiFunction<GraphMessage, Call, @Nullable Object>> PROPERTIES = properties();

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
            throw GraphError.timeout();
        }
        if (message.flaw() == MessageFlaw.CORRUPT && query.selection().wants("body")) {
            throw GraphError.corrupt();
        }
        return of(message, call, query);
    }

    private static Map<String, Object> shown(GraphMessage message, Call call, Query.Selection selection) {
        Map<String, Object> json = Json.object();
        if (message.isMeeting()) {
            json.put("@odata.type", "#microsoft.graph.eventMessageRequest");
        }
        json.put("@odata.etag", "W/\"" + message.changeKey() + "\"");
        json.put("id", message.id(call.immutableIds()));
        PROPERTIES.forEach((name, value) -> {
            boolean wanted = selection.isAll() ? !ON_REQUEST.contains(name) : selection.wants(name);
            if (wanted) {
                json.put(name, value.apply(message, call));
            }
        });
        if (message.isMeeting() && selection.wants("meetingMessageType")) {
            json.put("meetingMessageType", message.properties().getOrDefault("meetingMessageType", "meetingRequest"));
        }
        return json;
    }

    private static Map<String, BiFunction<GraphMessage, Call, @Nullable Object>> properties() {
        Map<String, BiFunction<GraphMessage, Call, @Nullable Object>> all = new LinkedHashMap<>();
        all.put("createdDateTime", (message, call) -> GraphTenant.stamp(message.created()));
        all.put("lastModifiedDateTime", (message, call) -> GraphTenant.stamp(message.modified()));
        all.put("changeKey", (message, call) -> message.changeKey());
        all.put("categories", stored("categories", List.of()));
        all.put("receivedDateTime", stored("receivedDateTime", null));
        all.put("sentDateTime", stored("sentDateTime", null));
        all.put("hasAttachments", (message, call) -> message.hasAttachments());
        all.put("internetMessageId", stored("internetMessageId", null));
        all.put("internetMessageHeaders", stored("internetMessageHeaders", List.of()));
        all.put("subject", stored("subject", null));
        all.put("bodyPreview", (message, call) -> preview(Json.child(message.properties(), "body")));
        all.put("importance", stored("importance", "normal"));
        all.put("parentFolderId", (message, call) -> message.folder().id());
        all.put("conversationId", (message, call) -> "AAQk" + conversation(message));
        all.put(
                "conversationIndex",
                (message, call) ->
                        Base64.getEncoder().encodeToString(conversation(message).getBytes(StandardCharsets.UTF_8)));
        all.put("isDeliveryReceiptRequested", stored("isDeliveryReceiptRequested", false));
        all.put("isReadReceiptRequested", stored("isReadReceiptRequested", false));
        all.put("isRead", (message, call) -> message.isRead());
        all.put("isDraft", (message, call) -> message.isDraft());
        all.put(
                "webLink",
                (message, call) -> "https://outlook.office365.com/owa/?ItemID=" + message.id(false)
                        + "&exvsurl=1&viewmodel=ReadMessageItem");
        all.put("inferenceClassification", stored("inferenceClassification", "focused"));
        all.put("body", MessageJson::body);
        all.put("uniqueBody", MessageJson::body);
        all.put("sender", stored("sender", null));
        all.put("from", stored("from", null));
        PEOPLE.forEach(name -> all.put(name, stored(name, List.of())));
        all.put("flag", stored("flag", Json.object("flagStatus", "notFlagged")));
        return all;
    }

    private static BiFunction<GraphMessage, Call, @Nullable Object> stored(String name, @Nullable Object absent) {
        return (message, call) -> message.properties().getOrDefault(name, absent);
    }

    private static String conversation(GraphMessage message) {
        return message.properties()
                .getOrDefault("conversationId", message.number())
                .toString();
    }

    private static Map<String, Object> body(GraphMessage message, Call call) {
        return body(Json.child(message.properties(), "body"), call.preferences().textBodies());
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
        if (message.expandsAttachments()) {
            message.attachments().forEach(each -> all.add(each.whole(call.immutableIds())));
        }
        return all;
    }

    private static void extended(GraphMessage message, String filter, Map<String, Object> json) {
        List<Object> values = new ArrayList<>();
        Matcher ids = EXTENDED_ID.matcher(filter);
        while (ids.find()) {
            String id = Extended.normal(ids.group(1).replace("''", "'"));
            Extended.value(message, id).ifPresent(value -> values.add(Json.object("id", id, "value", value)));
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
