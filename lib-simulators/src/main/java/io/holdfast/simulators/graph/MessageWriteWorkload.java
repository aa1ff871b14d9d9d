// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writing messages: made from JSON or MIME, changed, moved, deleted. Nothing is ever sent. */
final class MessageWriteWorkload implements Workload {
    /** From here on a further permission is needed to change the content of what is no draft. */
    private static final Instant SENSITIVE_FROM = Instant.parse("2026-12-31T00:00:00Z");

    private static final int MOST_BYTES = 4 << 20;

    @Override
    public void addTo(Routes routes) {
        String messages = "/users/{user}/messages";
        String inFolder = "/users/{user}/mailFolders/{folder}/messages";
        Routes.Group group = routes.group(Service.OUTLOOK, Roles.MAIL_WRITE)
                .on(
                        "POST",
                        messages,
                        "message.create",
                        call -> create(call, Mailboxes.mailbox(call).folder(WellKnown.DRAFTS)))
                .on("POST", inFolder, "message.create", call -> create(call, Mailboxes.folder(call)));
        for (String path : List.of(messages + "/{message}", inFolder + "/{message}")) {
            group.on("PATCH", path, "message.update", this::update)
                    .on("DELETE", path, "message.delete", this::delete)
                    .on("POST", path + "/move", "message.move", this::move)
                    .on("POST", path + "/permanentDelete", "message.permanentDelete", this::purge);
        }
    }

    private Reply create(Call call, GraphFolder folder) {
        FolderWorkload.refuseIfFull(folder.mailbox());
        if (call.request().body().length > MOST_BYTES) {
            throw new GraphError(413, "ErrorMessageSizeExceeded", "Maximum request length exceeded.");
        }
        boolean isMime =
                call.header("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/plain");
        MessageDraft draft = isMime ? mime(call) : MessageReader.read(call.body());
        GraphMessage message = folder.mailbox().add(folder, draft);
        return call.entity(
                201, MessageWorkload.context(call) + "/$entity", MessageJson.of(message, call, call.query()));
    }

    private static MessageDraft mime(Call call) {
        try {
            MessageDraft draft = MessageDraft.fromMime(
                    Base64.getMimeDecoder().decode(call.request().text().trim()));
            draft.properties().remove("receivedDateTime");
            return draft.draft();
        } catch (IllegalArgumentException e) {
            throw new GraphError(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }
    }

    private Reply update(Call call) {
        GraphMessage message = Mailboxes.message(call);
        String etag = "W/\"" + message.changeKey() + "\"";
        if (call.header("if-match")
                .filter(match -> !match.equals("*") && !match.equals(etag))
                .isPresent()) {
            throw new GraphError(
                    412,
                    "ErrorIrresolvableConflict",
                    "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.");
        }
        Map<String, Object> body = call.body();
        Map<String, Object> said = MessageReader.said(body);
        boolean sensitive = said.keySet().stream().anyMatch(MessageReader.SENSITIVE::contains);
        Set<String> roles = call.app().roles();
        if (sensitive
                && !message.isDraft()
                && !call.now().isBefore(SENSITIVE_FROM)
                && Roles.MAIL_ADVANCED.stream().noneMatch(roles::contains)) {
            throw new GraphError(
                    403,
                    "ErrorAccessDenied",
                    "Access is denied. Changing sensitive properties of a message that is no draft needs Mail-Advanced.ReadWrite.");
        }
        said.forEach((name, value) -> {
            if (name.equals("isRead")) {
                message.markRead(Boolean.TRUE.equals(value));
            } else {
                message.edit(name, value);
            }
        });
        for (Map<String, Object> each : Json.children(body, "singleValueExtendedProperties")) {
            message.extend(Json.text(each, "id"), Json.text(each, "value"));
        }
        return call.entity(
                200, MessageWorkload.context(call) + "/$entity", MessageJson.of(message, call, call.query()));
    }

    private Reply delete(Call call) {
        Mailboxes.message(call).delete();
        return Reply.of(204);
    }

    private Reply purge(Call call) {
        Mailboxes.message(call).purge();
        return Reply.of(204);
    }

    private Reply move(Call call) {
        GraphMessage message = Mailboxes.message(call);
        message.move(message.mailbox().find(Json.text(call.body(), "destinationId")));
        return call.entity(
                201, MessageWorkload.context(call) + "/$entity", MessageJson.of(message, call, call.query()));
    }
}
