// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Attachments of messages: listed, read, added at once or by an upload session. */
final class AttachmentWorkload implements Workload {
    /** What is larger has to be uploaded in ranges; what is smaller must not be. */
    private static final long SMALL = 3L << 20;

    private static final int PAGE = 100;

    private final Workbench bench;

    AttachmentWorkload(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public void addTo(Routes routes) {
        for (String message :
                List.of("/users/{user}/messages/{message}", "/users/{user}/mailFolders/{folder}/messages/{message}")) {
            String all = message + "/attachments";
            routes.group(Service.OUTLOOK, Roles.MAIL_READ)
                    .on("GET", all, "attachment.list", this::list)
                    .on("GET", all + "/{attachment}", "attachment.get", this::get)
                    .on("GET", all + "/{attachment}/$value", "attachment.value", this::value);
            routes.group(Service.OUTLOOK, Roles.MAIL_WRITE)
                    .on("POST", all, "attachment.create", this::create)
                    .on("POST", all + "/createUploadSession", "attachment.createUploadSession", this::session)
                    .on("DELETE", all + "/{attachment}", "attachment.delete", this::delete);
        }
    }

    private static String context(Call call) {
        return MessageWorkload.context(call) + "('" + call.variable("message") + "')/attachments";
    }

    private Reply list(Call call) {
        GraphMessage message = Mailboxes.readable(call);
        Query.Selection selection = call.query().selection();
        return bench.pages()
                .page(
                        call,
                        new Pages.Scope(context(call), PAGE, 1000),
                        message.attachments(),
                        each -> selection.of(
                                selection.wants("contentBytes")
                                        ? each.whole(call.immutableIds())
                                        : each.json(call.immutableIds())));
    }

    private Reply get(Call call) {
        StoredAttachment stored = Mailboxes.attachment(call);
        Query.Selection selection = call.query().selection();
        Map<String, Object> json =
                selection.wants("contentBytes") ? stored.whole(call.immutableIds()) : stored.json(call.immutableIds());
        boolean expands =
                call.query().expansion("microsoft.graph.itemattachment/item").isPresent();
        if (expands && stored.attachment().kind() == GraphAttachment.Kind.ITEM) {
            stored.refuseIfSpoilt();
            json.put("item", MessageJson.nested(stored.attachment().item(), call));
        }
        return call.entity(200, context(call) + "/$entity", selection.of(json));
    }

    private Reply value(Call call) {
        StoredAttachment stored = Mailboxes.attachment(call);
        stored.refuseIfSpoilt();
        GraphAttachment attachment = stored.attachment();
        return switch (attachment.kind()) {
            case FILE ->
                Reply.of(200).with("Content-Type", attachment.contentType()).with(attachment.content());
            case ITEM ->
                Reply.of(200)
                        .with("Content-Type", "text/plain")
                        .with(MimeWriter.write(attachment.item(), stored.number()));
            case REFERENCE ->
                throw new GraphError(405, "ErrorInvalidRequest", "A reference attachment has no content.");
        };
    }

    private Reply create(Call call) {
        GraphMessage message = Mailboxes.message(call);
        FolderWorkload.refuseIfFull(message.mailbox());
        StoredAttachment stored = message.store(read(call.body()));
        return call.entity(201, context(call) + "/$entity", stored.json(call.immutableIds()));
    }

    /** An attachment as requests describe it. */
    static GraphAttachment read(Map<String, Object> json) {
        String name = Json.text(json, "name");
        String type = Json.text(json, "@odata.type").replace("#", "");
        if (type.equalsIgnoreCase("microsoft.graph.itemAttachment")) {
            if (!(json.get("item") instanceof Map<?, ?>)) {
                throw new GraphError(
                        400, "ErrorInvalidProperty", "The property 'Item' is required when creating the entity.");
            }
            return GraphAttachment.item(name, MessageReader.read(Json.child(json, "item")));
        }
        if (type.equalsIgnoreCase("microsoft.graph.referenceAttachment")) {
            return GraphAttachment.reference(name);
        }
        if (!type.equalsIgnoreCase("microsoft.graph.fileAttachment")) {
            throw GraphError.property("An attachment needs an '@odata.type'; '" + type + "' is none.");
        }
        byte[] content;
        try {
            content = Base64.getDecoder().decode(Json.text(json, "contentBytes"));
        } catch (IllegalArgumentException e) {
            throw GraphError.property("The property 'contentBytes' is not in base64.");
        }
        if (content.length >= SMALL) {
            throw new GraphError(
                    413,
                    "ErrorAttachmentSizeLimitExceeded",
                    "The attachment is too large for one request; create an upload session.");
        }
        String contentType = Json.text(json, "contentType");
        GraphAttachment file =
                GraphAttachment.file(name, contentType.isEmpty() ? "application/octet-stream" : contentType, content);
        return Boolean.TRUE.equals(json.get("isInline")) ? file.inline(Json.text(json, "contentId")) : file;
    }

    private Reply session(Call call) {
        GraphMessage message = Mailboxes.message(call);
        return session(bench, call, new AttachmentUpload.Owner() {
            @Override
            public GraphMailbox mailbox() {
                return message.mailbox();
            }

            @Override
            public String store(GraphAttachment file) {
                StoredAttachment stored = message.store(file);
                return "Messages('" + message.id(false) + "')/Attachments('" + stored.id(call.immutableIds()) + "')";
            }
        });
    }

    static Reply session(Workbench bench, Call call, AttachmentUpload.Owner owner) {
        FolderWorkload.refuseIfFull(owner.mailbox());
        Map<String, Object> item = Json.child(call.body(), "AttachmentItem");
        long size = item.get("size") instanceof Number number ? number.longValue() : 0;
        if (size < SMALL) {
            throw new GraphError(
                    400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "Attachment size must be at least 3 MB.");
        }
        if (size > 150_000_000) {
            throw new GraphError(413, "ErrorMessageSizeExceeded", "Attachment size exceeds the maximum of 150 MB.");
        }
        AttachmentUpload upload = new AttachmentUpload(bench, call, owner, item, size);
        String address = bench.transfers().offer(call, "attachment.upload", upload);
        return call.entity(
                201,
                "microsoft.graph.uploadSession",
                Json.object(
                        "uploadUrl", address,
                        "expirationDateTime",
                                GraphTenant.stamp(bench.transfers().expiry()),
                        "nextExpectedRanges", List.of("0-")));
    }

    private Reply delete(Call call) {
        GraphMessage message = Mailboxes.message(call);
        message.removeAttachment(Mailboxes.attachment(call));
        return Reply.of(204);
    }
}
