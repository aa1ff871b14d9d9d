// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single-value extended properties: those of MAPI, by type and tag or by type, set and name. */
final class Extended {
    /** PR_MESSAGE_FLAGS (MS-OXCMSG, 2.2.1.6). */
    static final String FLAGS = "Integer 0x0e07";
    /** PR_MESSAGE_DELIVERY_TIME. */
    static final String DELIVERED = "SystemTime 0x0e06";
    /** PR_CLIENT_SUBMIT_TIME. */
    static final String SUBMITTED = "SystemTime 0x0039";

    /** PR_INTERNET_MESSAGE_ID. */
    static final String INTERNET_ID = "String 0x1035";

    private static final int READ = 1;
    private static final int UNSENT = 8;
    private static final int HAS_ATTACHMENTS = 0x10;
    private static final Pattern TAG = Pattern.compile("(\\w+)\\s+0x([0-9a-fA-F]+)");

    private Extended() {}

    /** One spelling for all that mean the same. */
    static String normal(String id) {
        Matcher tag = TAG.matcher(id.trim());
        if (!tag.matches()) {
            return id.trim().replaceAll("\\s+", " ");
        }
        String digits = tag.group(2).toLowerCase(Locale.ROOT);
        return tag.group(1) + " 0x" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    /** Whether the flags say that the message is one that is being written. */
    static boolean isDraft(String flags) {
        return has(flags, UNSENT);
    }

    /** Whether the flags say that the message was read. */
    static boolean isRead(String flags) {
        return has(flags, READ);
    }

    private static boolean has(String flags, int flag) {
        try {
            return (Integer.decode(flags.trim()) & flag) != 0;
        } catch (NumberFormatException e) {
            throw GraphError.property("The value '" + flags + "' of " + FLAGS + " is no integer.");
        }
    }

    /** The value of a property of a message, be it stored or computed; the id is spelled as {@link #normal} does. */
    static Optional<String> value(GraphMessage message, String normalId) {
        String stored = message.extended().get(normalId);
        if (stored != null) {
            return Optional.of(stored);
        }
        String computed = switch (normalId.toLowerCase(Locale.ROOT)) {
            case "integer 0x0e07" ->
                String.valueOf((message.isRead() ? READ : 0)
                        | (message.isDraft() ? UNSENT : 0)
                        | (message.attachments().isEmpty() ? 0 : HAS_ATTACHMENTS));
            case "systemtime 0x0e06" -> message.text("receivedDateTime");
            case "systemtime 0x0039" -> message.text("sentDateTime");
            case "string 0x001a" -> message.isMeeting() ? "IPM.Schedule.Meeting.Request" : "IPM.Note";
            case "string 0x1035" -> message.text("internetMessageId");
            case "string 0x0037" -> message.text("subject");
            default -> null;
        };
        return Optional.ofNullable(computed);
    }
}
