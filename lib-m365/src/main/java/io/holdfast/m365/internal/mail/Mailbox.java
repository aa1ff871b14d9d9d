// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.GraphPool;
import io.holdfast.model.ResourceId;

/**
 * The calls to one mailbox. Every one asks for immutable ids, which stay when an item is moved ("Get immutable identifiers for Outlook resources").
 *
 * @param user the owner's id
 */
record Mailbox(String user) {
    private static final String IMMUTABLE = "IdType=\"ImmutableId\"";

    /** What a message is recognised by and what of it changes; nothing that could be large or broken. */
    static final String LEAN =
            "id,changeKey,internetMessageId,subject,sentDateTime,receivedDateTime,lastModifiedDateTime,hasAttachments,isRead,isDraft,flag,"
                    + "categories,importance,inferenceClassification,parentFolderId";

    /**
     * What the service gives of a message only when asked: transport headers, class, flags. As extended properties, since {@code $select} would leave
     * out what nobody knew yet.
     */
    static final String EXTENDED = "singleValueExtendedProperties($filter=id eq '" + Property.HEADERS
            + "' or id eq '" + Property.CLASS + "' or id eq '" + Property.FLAGS + "' or id eq '" + Property.DELIVERED
            + "' or id eq '" + Property.SUBMITTED + "')";

    /** The same, and what is attached. */
    static final String EXPAND = "attachments," + EXTENDED;

    /** Extended properties by their tags (MS-OXPROPS). */
    static final class Property {
        /** The headers as they came, PidTagTransportMessageHeaders. */
        static final String HEADERS = "String 0x007D";
        /** The class of the item, PidTagMessageClass. */
        static final String CLASS = "String 0x001A";
        /** Whether it is unsent, PidTagMessageFlags. */
        static final String FLAGS = "Integer 0x0E07";
        /** When it was delivered, PidTagMessageDeliveryTime. */
        static final String DELIVERED = "SystemTime 0x0E06";
        /** When it was submitted, PidTagClientSubmitTime. */
        static final String SUBMITTED = "SystemTime 0x0039";
        /** Its id on the internet, PidTagInternetMessageId. */
        static final String INTERNET_ID = "String 0x1035";

        private Property() {}
    }

    static Mailbox of(ResourceId resource) {
        return new Mailbox(resource.value().substring(resource.value().indexOf(':') + 1));
    }

    GraphCall get(String operation, String pattern, String... segments) {
        return get(operation, path(pattern, segments));
    }

    GraphCall get(String operation, GraphPath path) {
        return GraphCall.get(operation, GraphPool.EXCHANGE, user, path).preferring(IMMUTABLE);
    }

    GraphCall write(String method, String operation, GraphPath path) {
        return GraphCall.of(method, operation, GraphPool.EXCHANGE, user, path)
                .preferring(IMMUTABLE)
                .restoring();
    }

    /** A path inside of the mailbox; the pattern begins behind the user. */
    GraphPath path(String pattern, String... segments) {
        String[] all = new String[segments.length + 1];
        all[0] = user;
        System.arraycopy(segments, 0, all, 1, segments.length);
        return GraphPath.of("/users/{}" + pattern, all);
    }
}
