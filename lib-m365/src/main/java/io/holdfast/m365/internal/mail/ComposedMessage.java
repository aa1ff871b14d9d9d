// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemKey;
import io.holdfast.source.Part;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * An Internet message made of what Graph tells of one; the same message gives the same bytes each time. Attachments are read when it is written, one at a
 * time.
 */
final class ComposedMessage extends MimeMessage {
    private final String boundary;

    private ComposedMessage(String boundary) {
        super(Session.getInstance(new Properties()));
        this.boundary = boundary;
    }

    /**
     * Composes a message.
     *
     * @param key tells it from all others, and goes into what stands between its parts
     */
    static ComposedMessage of(ItemKey key, ObjectNode stored, List<MessageBody.Attachment> attachments)
            throws MessagingException, UnsupportedEncodingException {
        ComposedMessage message = new ComposedMessage(
                // No line of an encoded part begins like this.
                "=_" + UUID.nameUUIDFromBytes(key.value().getBytes(StandardCharsets.UTF_8)));
        message.fill(stored, attachments);
        message.saveChanges();
        // Written by the library: the present time.
        message.removeHeader("Date");
        message.writeHeaders(stored);
        return message;
    }

    /** The id is the message's own, or there is none. */
    @Override
    protected void updateMessageID() {
        // Kept as it is.
    }

    private void fill(ObjectNode stored, List<MessageBody.Attachment> attachments) throws MessagingException {
        List<MimeBodyPart> inline = new ArrayList<>();
        List<MimeBodyPart> attached = new ArrayList<>();
        for (MessageBody.Attachment each : attachments) {
            boolean isInline = each.description().path("isInline").asBoolean(false);
            (isInline ? inline : attached).add(part(each, isInline));
        }
        JsonNode body = stored.path("body");
        String subtype = body.path("contentType").asText("").equals("html") ? "html" : "plain";
        String text = body.path("content").asText("");
        if (inline.isEmpty() && attached.isEmpty()) {
            setText(text, "utf-8", subtype);
            return;
        }
        MimeBodyPart first = new MimeBodyPart();
        first.setText(text, "utf-8", subtype);
        if (attached.isEmpty()) {
            setContent(multipart("related", first, inline));
            return;
        }
        if (!inline.isEmpty()) {
            MimeBodyPart related = new MimeBodyPart();
            related.setContent(multipart("related", first, inline));
            first = related;
        }
        setContent(multipart("mixed", first, attached));
    }

    private MimeMultipart multipart(String subtype, MimeBodyPart first, List<MimeBodyPart> others)
            throws MessagingException {
        MimeMultipart multipart = new Separated(subtype, boundary + subtype.charAt(0));
        multipart.addBodyPart(first);
        for (MimeBodyPart each : others) {
            multipart.addBodyPart(each);
        }
        return multipart;
    }

    private static MimeBodyPart part(MessageBody.Attachment attachment, boolean inline) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        String type = Json.text(attachment.description(), "contentType").orElse("application/octet-stream");
        part.setDataHandler(new DataHandler(new Content(attachment.content(), type, attachment.name())));
        part.setDisposition(inline ? "inline" : "attachment");
        Optional<String> id = Json.text(attachment.description(), "contentId").filter(each -> !each.isEmpty());
        if (id.isPresent()) {
            part.setContentID(id.get().startsWith("<") ? id.get() : "<" + id.get() + ">");
        }
        try {
            part.setFileName(MimeUtility.encodeText(attachment.name(), "utf-8", null));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every JVM has UTF-8", e);
        }
        return part;
    }

    /** The headers as they came, where the service knows them; what the message itself knows otherwise. */
    private void writeHeaders(ObjectNode stored) throws MessagingException, UnsupportedEncodingException {
        Optional<String> transport = MessageBody.headers(stored);
        if (transport.isPresent() && !transport.get().isBlank()) {
            byte[] lines = (transport.get() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
            InternetHeaders came = new InternetHeaders(new ByteArrayInputStream(lines), true);
            for (Header each : Collections.list(came.getAllHeaders())) {
                String name = each.getName().toLowerCase(Locale.ROOT);
                if (!name.startsWith("content-") && !name.equals("mime-version")) {
                    addHeader(each.getName(), each.getValue());
                }
            }
        }
        if (getHeader("Subject") == null) {
            setSubject(Json.text(stored, "subject").orElse(""), "utf-8");
        }
        setIfAbsent("From", addresses(stored.path("from")));
        setIfAbsent("Sender", addresses(stored.path("sender")));
        setIfAbsent("To", addresses(stored.path("toRecipients")));
        setIfAbsent("Cc", addresses(stored.path("ccRecipients")));
        // Only the sender's own copy knows of it.
        setIfAbsent("Bcc", addresses(stored.path("bccRecipients")));
        setIfAbsent("Reply-To", addresses(stored.path("replyTo")));
        setIfAbsent("Message-ID", Json.text(stored, "internetMessageId").orElse(""));
        setIfAbsent(
                "Date",
                Json.time(stored, "sentDateTime")
                        .map(time -> new MailDateFormat().format(Date.from(time)))
                        .orElse(""));
        setIfAbsent(
                "Importance",
                Json.text(stored, "importance")
                        .filter(each -> !each.equals("normal"))
                        .orElse(""));
        setIfAbsent("Keywords", phrases(stored.path("categories")));
        if (stored.path("isDraft").asBoolean(false)) {
            // Outlook opens what has it to be written on.
            setHeader("X-Unsent", "1");
        }
    }

    private static String phrases(JsonNode texts) throws UnsupportedEncodingException {
        List<String> phrases = new ArrayList<>();
        for (JsonNode each : texts) {
            phrases.add(MimeUtility.encodeWord(each.asText(), "utf-8", null));
        }
        return String.join(", ", phrases);
    }

    private void setIfAbsent(String name, String value) throws MessagingException {
        if (!value.isEmpty() && getHeader(name) == null) {
            setHeader(name, value);
        }
    }

    private static String addresses(JsonNode recipients) throws UnsupportedEncodingException {
        List<String> found = new ArrayList<>();
        Iterable<JsonNode> all = recipients.isArray() ? recipients : List.of(recipients);
        for (JsonNode each : all) {
            JsonNode address = each.path("emailAddress");
            if (address.path("address").isTextual()) {
                String name = Json.text(address, "name").orElse(null);
                found.add(new InternetAddress(address.path("address").asText(), name, "utf-8").toString());
            }
        }
        return String.join(",\r\n ", found);
    }

    /** Parts with a given line between them. */
    private static final class Separated extends MimeMultipart {
        Separated(String subtype, String boundary) {
            super(subtype);
            ParameterList parameters = new ParameterList();
            parameters.set("boundary", boundary);
            contentType = new ContentType("multipart", subtype, parameters).toString();
        }
    }

    /** An attachment's stored bytes. */
    private record Content(Part part, String type, String name) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            return part.open(0);
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("what is stored is not written");
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
