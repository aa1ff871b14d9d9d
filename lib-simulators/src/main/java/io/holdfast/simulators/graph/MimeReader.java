// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes from a MIME message what Graph shows as properties: the usual header fields, the first body of text, and attachments. What it does not understand
 * it leaves out.
 */
final class MimeReader {
    private static final Pattern WORD = Pattern.compile("=\\?([^?]+)\\?([bBqQ])\\?([^?]*)\\?=\\s*(?==\\?)?");
    private static final Pattern PERSON = Pattern.compile("\\s*(?:\"?([^\"<]*)\"?\\s*)?<([^>]+)>|\\s*(\\S+@\\S+)");

    private final List<String[]> fields = new ArrayList<>();
    /** One character for each byte. */
    private final String body;

    MimeReader(byte[] message) {
        this(new String(message, StandardCharsets.ISO_8859_1));
    }

    private MimeReader(String message) {
        Matcher end = Pattern.compile("\r?\n\r?\n").matcher(message);
        boolean hasBody = end.find();
        String head = hasBody ? message.substring(0, end.start()) : message;
        body = hasBody ? message.substring(end.end()) : "";
        for (String line : head.replaceAll("\r?\n[ \t]+", " ").split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(new String[] {
                    line.substring(0, colon), line.substring(colon + 1).trim()
                });
            }
        }
    }

    void fill(MessageDraft draft) {
        field("Subject").ifPresent(value -> draft.set("subject", decoded(value)));
        field("From").flatMap(value -> people(value).stream().findFirst()).ifPresent(who -> draft.from(who[0], who[1]));
        field("To").ifPresent(value -> people(value).forEach(who -> draft.to(who[0], who[1])));
        field("Cc").ifPresent(value -> people(value).forEach(who -> draft.cc(who[0], who[1])));
        field("Message-ID").ifPresent(value -> draft.set("internetMessageId", value));
        field("Date")
                .flatMap(MimeReader::date)
                .ifPresent(date -> draft.sentAt(date).receivedAt(date));
        fields.stream()
                .filter(each -> each[0].regionMatches(true, 0, "x-", 0, 2))
                .forEach(each -> draft.header(each[0], decoded(each[1])));
        boolean[] hasBody = new boolean[1];
        content(draft, hasBody);
    }

    private void content(MessageDraft draft, boolean[] hasBody) {
        String type = field("Content-Type").orElse("text/plain");
        String media = type.split(";")[0].trim().toLowerCase(Locale.ROOT);
        Optional<String> name =
                parameter(field("Content-Disposition").orElse(""), "filename").or(() -> parameter(type, "name"));
        if (media.startsWith("multipart/")) {
            parts(type).forEach(part -> part.content(draft, hasBody));
        } else if (media.equals("message/rfc822")) {
            MessageDraft item = MessageDraft.fromMime(body.getBytes(StandardCharsets.ISO_8859_1));
            draft.attach(GraphAttachment.item(String.valueOf(item.properties().get("subject")), item));
        } else if (media.startsWith("text/") && name.isEmpty()) {
            String text = new String(bytes(), charset(type));
            // The last alternative is the richest one (RFC 2046, section 5.1.4).
            if (media.equals("text/html")) {
                draft.html(text);
            } else if (!hasBody[0]) {
                draft.text(text);
            }
            hasBody[0] = true;
        } else {
            GraphAttachment file = GraphAttachment.file(decoded(name.orElse("attachment")), media, bytes());
            Optional<String> id = field("Content-ID").map(value -> value.replaceAll("[<>]", ""));
            draft.attach(id.isPresent() ? file.inline(id.get()) : file);
        }
    }

    private List<MimeReader> parts(String type) {
        List<MimeReader> parts = new ArrayList<>();
        String boundary = "--" + parameter(type, "boundary").orElse("");
        String[] pieces = ("\r\n" + body).split("\r?\n" + Pattern.quote(boundary));
        for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
            parts.add(new MimeReader(pieces[i].replaceFirst("^[ \t]*\r?\n", "")));
        }
        return parts;
    }

    private byte[] bytes() {
        String encoding = field("Content-Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "base64" -> Base64.getMimeDecoder().decode(body);
            case "quoted-printable" -> unquoted(body.replaceAll("=[ \t]*\r?\n", ""), '=');
            default -> body.getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private static byte[] unquoted(String text, char mark) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int high = text.charAt(i) == mark && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.append((char) (high * 16 + low));
                i += 2;
            } else {
                bytes.append(text.charAt(i));
            }
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private Optional<String> field(String name) {
        return fields.stream()
                .filter(each -> each[0].equalsIgnoreCase(name))
                .map(each -> each[1])
                .findFirst();
    }

    private static Optional<String> parameter(String value, String name) {
        Matcher found = Pattern.compile(";\\s*" + name + "=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE)
                .matcher(value);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static Charset charset(String type) {
        try {
            return parameter(type, "charset").map(Charset::forName).orElse(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A name that nobody knows; the service guesses, too.
            return StandardCharsets.ISO_8859_1;
        }
    }

    private static List<String[]> people(String value) {
        List<String[]> people = new ArrayList<>();
        for (String each : value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            Matcher person = PERSON.matcher(each);
            if (person.find()) {
                String address = person.group(2) == null ? person.group(3) : person.group(2);
                String name = person.group(1) == null ? "" : person.group(1).trim();
                people.add(new String[] {name.isEmpty() ? address : decoded(name), address});
            }
        }
        return people;
    }

    private static Optional<Instant> date(String value) {
        try {
            String plain = value.replaceAll("\\s*\\(.*\\)$", "");
            return Optional.of(ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** With encoded words (RFC 2047) read. */
    private static String decoded(String text) {
        return WORD.matcher(text).replaceAll(word -> {
            boolean base64 = word.group(2).equalsIgnoreCase("b");
            byte[] bytes = base64
                    ? Base64.getMimeDecoder().decode(word.group(3))
                    : unquoted(word.group(3).replace('_', ' '), '=');
            return Matcher.quoteReplacement(new String(bytes, charset("x;charset=" + word.group(1))));
        });
    }
}
