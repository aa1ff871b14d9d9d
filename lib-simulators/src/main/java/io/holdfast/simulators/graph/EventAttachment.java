// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** An attachment of an event; guarded by the tenant. */
final class EventAttachment {
    /** What the ids of attachments have where those of messages have the number of moves. */
    static final long VERSION = -6;

    private static final int OVERHEAD = 170;

    private final GraphEvent event;
    private final int number;
    private final GraphAttachment attachment;
    private final Instant modified;
    private boolean spoilt;

    EventAttachment(GraphEvent event, int number, GraphAttachment attachment) {
        this.event = event;
        this.number = number;
        this.attachment = attachment;
        this.modified = event.mailbox().tenant().now();
    }

    GraphAttachment attachment() {
        return attachment;
    }

    /** Damages it: lists still name it, and its content cannot be read any more. */
    void spoil() {
        spoilt = true;
    }

    void heal() {
        spoilt = false;
    }

    /** What it contains. */
    byte[] content() {
        if (spoilt) {
            throw new GraphError(500, "ErrorCannotOpenFileAttachment", "OLE conversion failed for the attachment.");
        }
        return attachment.bytes();
    }

    String id() {
        return Ids.of(Ids.Kind.IMMUTABLE, event.mailbox().id(), event.number(), VERSION, number);
    }

    /** All but the content. */
    Map<String, Object> json() {
        boolean file = attachment.kind() == GraphAttachment.Kind.FILE;
        Map<String, Object> json = Json.object(
                "@odata.type", attachment.kind().type(),
                "@odata.mediaContentType", attachment.contentType(),
                "id", id(),
                "lastModifiedDateTime", GraphTenant.stamp(modified),
                "name", attachment.name(),
                "contentType", file ? attachment.contentType() : null,
                "size", (int) attachment.content().length() + OVERHEAD,
                "isInline", attachment.contentId().isPresent());
        if (file) {
            json.put("contentId", attachment.contentId().orElse(null));
            json.put("contentLocation", null);
        }
        return json;
    }

    /** All, the content of a file included. */
    Map<String, Object> whole() {
        Map<String, Object> json = json();
        if (attachment.kind() == GraphAttachment.Kind.FILE) {
            json.put("contentBytes", Base64.getEncoder().encodeToString(content()));
        }
        return json;
    }
}
