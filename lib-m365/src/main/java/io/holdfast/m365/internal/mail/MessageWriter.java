// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.exchange.HttpBody;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.AttachmentUpload;
import io.holdfast.m365.internal.workload.RestoreMark;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.ResumeHints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes messages into a mailbox. Nothing that it sends sends anything: a message is created in a folder, never submitted.
 */
final class MessageWriter {
    /** Over this a create is refused with its attachments in it ("Attach large files to Outlook messages or events"). */
    private static final long MOST_INLINE = 2_500_000;

    /** Over this an attachment needs an upload of its own. */
    private static final long LARGE = 3L << 20;

    private final GraphClient graph;
    private final Mailbox mailbox;

    MessageWriter(GraphClient graph, Mailbox mailbox) {
        this.graph = graph;
        this.mailbox = mailbox;
    }

    /** Creates a message, with its attachments if they are few; it is whole when it has been {@link #finish finished}. */
    String create(String folder, MessageBody body, String tag) {
        GraphPath path = mailbox.path("/mailFolders/{}/messages", folder);
        GraphCall call = mailbox.write("POST", "mail.message.create", path);
        if (body.properties() == null) {
            byte[] encoded = Base64.getEncoder().encode(read(body.mime().orElseThrow()));
            call = call.sending(new GraphCall.Body("text/plain", HttpBody.of(encoded)));
        } else {
            ObjectNode message = body.toCreate(body.properties(), tag);
            if (isInline(body) && !body.attachments().isEmpty()) {
                var attachments = message.putArray("attachments");
                body.attachments().forEach(each -> attachments.add(whole(each)));
            }
            call = call.json(message);
        }
        return graph.object(call).path("id").asText();
    }

    private static boolean isInline(MessageBody body) {
        return body.attachmentBytes() <= MOST_INLINE;
    }

    /** Adds to a message that was created just now what did not fit into the creating request; says what could not be kept. */
    Optional<String> finish(String id, MessageBody body, RestoreItem item) {
        if (body.properties() == null) {
            mark(id, body, item.tag());
            return Optional.of("a message of which only the rendering is stored came back as a draft: "
                    + Json.text(body.state(), "subject").orElse(""));
        }
        if (!isInline(body)) {
            body.attachments().forEach(each -> attach(id, each, item.hints()));
        }
        return Optional.empty();
    }

    /** Of a message whose properties could not be read there is only the rendering, and the service makes a draft of it whatever it was. */
    private void mark(String id, MessageBody body, String tag) {
        ObjectNode change = Json.object();
        RestoreMark.put(change, tag);
        Optional.ofNullable(body.state().get("isRead")).ifPresent(read -> change.set("isRead", read));
        update(id, change);
    }

    /** Completes a message that an earlier attempt or run made: what it did not come to. */
    void complete(String id, MessageBody body, RestoreItem item) {
        if (body.properties() == null) {
            mark(id, body, item.tag());
            return;
        }
        if (isInline(body)) {
            return;
        }
        Map<String, Integer> there = new HashMap<>();
        GraphPath path = mailbox.path("/messages/{}/attachments", id).with("$select", "id,name");
        GraphCall first = mailbox.get("mail.attachments.list", path).restoring();
        graph.each(first, each -> there.merge(each.path("name").asText(""), 1, Integer::sum));
        for (MessageBody.Attachment each : body.attachments()) {
            if (there.merge(each.name(), -1, Integer::sum) < 0) {
                attach(id, each, item.hints());
            }
        }
    }

    /** Writes the backup over a message that is there: its state, and of a draft its text, too; what was sent once is never touched. */
    void overwrite(String id, MessageBody body, String folder) {
        ObjectNode change = body.toUpdate();
        if (!change.isEmpty()) {
            update(id, change);
        }
        ObjectNode message = graph.object(mailbox.get(
                "mail.message.lookup", mailbox.path("/messages/{}", id).with("$select", "id,parentFolderId")));
        if (!message.path("parentFolderId").asText().equals(folder)) {
            graph.object(mailbox.write("POST", "mail.message.move", mailbox.path("/messages/{}/move", id))
                    .json(Json.object().put("destinationId", folder)));
        }
    }

    private void update(String id, ObjectNode change) {
        graph.object(mailbox.write("PATCH", "mail.message.update", mailbox.path("/messages/{}", id))
                .json(change));
    }

    private void attach(String message, MessageBody.Attachment attachment, ResumeHints hints) {
        if (attachment.content().length() > LARGE && !attachment.isItem()) {
            upload(message, attachment, hints);
            return;
        }
        GraphPath path = mailbox.path("/messages/{}/attachments", message);
        graph.object(mailbox.write("POST", "mail.attachment.create", path).json(whole(attachment)));
    }

    private static ObjectNode whole(MessageBody.Attachment attachment) {
        ObjectNode stored = attachment.description();
        ObjectNode made = Json.object();
        made.put(
                "@odata.type",
                attachment.isItem() ? "#microsoft.graph.itemAttachment" : "#microsoft.graph.fileAttachment");
        for (String field : new String[] {"name", "contentType", "isInline", "contentId"}) {
            JsonNode value = stored.get(field);
            if (value != null && !value.isNull() && !(attachment.isItem() && field.equals("contentId"))) {
                made.set(field, value);
            }
        }
        byte[] content = read(attachment.content());
        if (attachment.isItem()) {
            made.set("item", NestedItem.writable(content));
        } else {
            made.put("contentBytes", Base64.getEncoder().encodeToString(content));
        }
        return made;
    }

    /** Sends a large attachment range by range to an address that carries its own right. */
    private void upload(String message, MessageBody.Attachment attachment, ResumeHints hints) {
        long size = attachment.content().length();
        ObjectNode wanted = Json.object();
        ObjectNode described = wanted.putObject("AttachmentItem")
                .put("attachmentType", "file")
                .put("name", attachment.name())
                .put("size", size)
                .put("isInline", attachment.description().path("isInline").asBoolean(false));
        for (String field : new String[] {"contentType", "contentId"}) {
            Json.text(attachment.description(), field).ifPresent(value -> described.put(field, value));
        }
        GraphPath path = mailbox.path("/messages/{}/attachments/createUploadSession", message);
        new AttachmentUpload(
                        graph,
                        mailbox.write("POST", "mail.attachment.session", path).json(wanted),
                        mailbox.write("PUT", "mail.attachment.upload", GraphPath.of("/")),
                        hints)
                .send(message, attachment.content());
    }

    private static byte[] read(Part part) {
        try {
            return Objects.requireNonNull(MessageBody.bytes(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
