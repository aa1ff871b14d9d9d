// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** An attachment of a message in a mailbox; guarded by the tenant. */
final class StoredAttachment {
    /** What the service adds to the length of the content. */
    private static final int OVERHEAD = 170;

    /** What is larger can be had as bytes only, in time. */
    private static final long MOST_INLINE = 37L << 20;

    private final GraphMessage message;
    private final int number;
    private final GraphAttachment attachment;
    private final Instant modified;
    private boolean spoilt;

    StoredAttachment(GraphMessage message, int number, GraphAttachment attachment, Instant modified) {
        this.message = message;
        this.number = number;
        this.attachment = attachment;
        this.modified = modified;
    }

    GraphAttachment attachment() {
        return attachment;
    }

    int number() {
        return number;
    }

    void spoil() {
        spoilt = true;
    }

    void heal() {
        spoilt = false;
    }

    String id(boolean immutable) {
        return immutable
                ? Ids.of(Ids.Kind.IMMUTABLE, message.mailbox().id(), message.number(), 0, number)
                : Ids.of(Ids.Kind.REST, message.mailbox().id(), message.number(), message.moves(), number);
    }

    /** All but the content. */
    Map<String, Object> json(boolean immutable) {
        Map<String, Object> json = Json.object(
                "@odata.type", attachment.kind().type(),
                "@odata.mediaContentType", attachment.contentType(),
                "id", id(immutable),
                "lastModifiedDateTime", GraphTenant.stamp(modified),
                "name", attachment.name(),
                "contentType", attachment.kind() == GraphAttachment.Kind.FILE ? attachment.contentType() : null,
                "size", (int) size() + OVERHEAD,
                "isInline", attachment.contentId().isPresent());
        if (attachment.kind() == GraphAttachment.Kind.FILE) {
            json.put("contentId", attachment.contentId().orElse(null));
            json.put("contentLocation", null);
        }
        return json;
    }

    /** All, the content of a file included. */
    Map<String, Object> whole(boolean immutable) {
        Map<String, Object> json = json(immutable);
        if (attachment.kind() == GraphAttachment.Kind.FILE) {
            refuseIfSpoilt();
            if (attachment.content().length() > MOST_INLINE) {
                throw GraphError.timeout();
            }
            json.put("contentBytes", Base64.getEncoder().encodeToString(attachment.bytes()));
        }
        return json;
    }

    void refuseIfSpoilt() {
        if (spoilt) {
            throw attachment.kind() == GraphAttachment.Kind.ITEM
                    ? new GraphError(
                            500, "ErrorInternalServerError", "An internal server error occurred. The operation failed.")
                    : new GraphError(500, "ErrorCannotOpenFileAttachment", "OLE conversion failed for the attachment.");
        }
    }

    private long size() {
        return attachment.kind() == GraphAttachment.Kind.ITEM
                ? MimeWriter.write(attachment.item(), 0).length
                : attachment.content().length();
    }
}
