// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Items inside of messages: what of them a create takes. */
final class NestedItem {
    /** What only the service may say of an item. */
    private static final List<String> READ_ONLY = List.of(
            "id",
            "changeKey",
            "createdDateTime",
            "lastModifiedDateTime",
            "parentFolderId",
            "conversationId",
            "conversationIndex",
            "webLink",
            "bodyPreview",
            "uniqueBody",
            "hasAttachments",
            "isDraft",
            "internetMessageHeaders",
            "iCalUId",
            "onlineMeeting",
            "responseStatus",
            "isOrganizer");

    private NestedItem() {}

    /** The item of an expanded attachment, without what a create refuses. */
    static ObjectNode writable(byte[] attachment) {
        try {
            ObjectNode whole = (ObjectNode) Json.read(attachment);
            ObjectNode item = whole.path("item") instanceof ObjectNode inner ? inner : whole;
            return Properties.withoutAnnotations(item).without(READ_ONLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
