// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Renders a message as MIME (RFC 5322, RFC 2045). As with the service it is made anew for each request: its boundaries differ between two readings of
 * the same message.
 */
final class MimeWriter {
    private static final String LINE_END = "\r\n";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, LINE_END.getBytes(StandardCharsets.US_ASCII));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final long salt;
    private int boundaries;

    private MimeWriter(long salt) {
        this.salt = salt;
    }

    static byte[] write(GraphMessage message, long reading) {
        List<GraphAttachment> attachments =
                message.attachments().stream().map(StoredAttachment::attachment).toList();
        MimeWriter writer = new MimeWriter(Ids.mix(message.number(), reading));
        writer.message(message.properties(), attachments);
        return writer.out.toByteArray();
    }

    static byte[] write(MessageDraft draft, long salt) {
        if (draft.mime().isPresent()) {
            return draft.mime().get();
        }
        MimeWriter writer = new MimeWriter(salt);
        writer.message(draft.properties(), draft.attachments());
        return writer.out.toByteArray();
    }

    private void message(Map<String, Object> properties, List<GraphAttachment> attachments) {
        people("From", Json.child(properties, "from").isEmpty() ? List.of() : List.of(Json.child(properties, "from")));
        people("To", Json.children(properties, "toRecipients"));
        people("CC", Json.children(properties, "ccRecipients"));
        field("Subject", encoded(Json.text(properties, "subject")));
        String sent = Json.text(properties, "sentDateTime");
        if (!sent.isEmpty()) {
            field(
                    "Date",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.parse(sent).atZone(ZoneOffset.UTC)));
        }
        String id = Json.text(properties, "internetMessageId");
        if (!id.isEmpty()) {
            field("Message-ID", id);
        }
        Json.children(properties, "internetMessageHeaders")
                .forEach(each -> field(Json.text(each, "name"), Json.text(each, "value")));
        field("MIME-Version", "1.0");
        if (attachments.isEmpty()) {
            body(Json.child(properties, "body"));
            return;
        }
        String boundary = nextBoundary();
        field("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
        line("");
        line("--" + boundary);
        body(Json.child(properties, "body"));
        for (GraphAttachment attachment : attachments) {
            line("--" + boundary);
            attachment(attachment);
        }
        line("--" + boundary + "--");
    }

    private void body(Map<String, Object> body) {
        boolean html = Json.text(body, "contentType").equalsIgnoreCase("html");
        field("Content-Type", (html ? "text/html" : "text/plain") + "; charset=\"utf-8\"");
        encodedContent(Json.text(body, "content").getBytes(StandardCharsets.UTF_8));
    }

    private void attachment(GraphAttachment attachment) {
        switch (attachment.kind()) {
            case FILE -> {
                field("Content-Type", attachment.contentType() + "; name=\"" + encoded(attachment.name()) + "\"");
                String disposition = attachment.contentId().isPresent() ? "inline" : "attachment";
                field("Content-Disposition", disposition + "; filename=\"" + encoded(attachment.name()) + "\"");
                attachment.contentId().ifPresent(id -> field("Content-ID", "<" + id + ">"));
                encodedContent(attachment.bytes());
            }
            case ITEM -> {
                field("Content-Type", "message/rfc822");
                line("");
                out.writeBytes(write(attachment.item(), salt + boundaries));
                line("");
            }
            case REFERENCE -> {
                field("Content-Type", "text/plain; charset=\"utf-8\"");
                encodedContent(("See " + attachment.name()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void encodedContent(byte[] content) {
        field("Content-Transfer-Encoding", "base64");
        line("");
        out.writeBytes(LINES.encode(content));
        line("");
    }

    private void people(String name, List<Map<String, Object>> people) {
        if (!people.isEmpty()) {
            field(name, people.stream().map(MimeWriter::person).collect(Collectors.joining("," + LINE_END + "\t")));
        }
    }

    private static String person(Map<String, Object> recipient) {
        Map<String, Object> address = Json.child(recipient, "emailAddress");
        return "\"" + encoded(Json.text(address, "name")) + "\" <" + Json.text(address, "address") + ">";
    }

    /** An encoded word (RFC 2047) where ASCII does not do. */
    private static String encoded(String text) {
        boolean ascii = text.chars().allMatch(c -> c >= ' ' && c < 127);
        return ascii
                ? text
                : "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private String nextBoundary() {
        return String.format(Locale.ROOT, "_%03d_%016x_", boundaries++, salt);
    }

    private void field(String name, String value) {
        line(name + ": " + value);
    }

    private void line(String text) {
        out.writeBytes((text + LINE_END).getBytes(StandardCharsets.UTF_8));
    }
}
