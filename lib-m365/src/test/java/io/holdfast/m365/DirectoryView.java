// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.TextProperty;
import biweekly.util.Recurrence;
import com.fasterxml.jackson.databind.JsonNode;
import ezvcard.Ezvcard;
import ezvcard.VCard;
import ezvcard.property.Photo;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a restore wrote into a directory for one user, read as other programs read it; as lines of the forms of {@link DirectoryLines}. */
final class DirectoryView {
    private final Path folder;

    DirectoryView(Path directory, String owner) {
        try (Stream<Path> owners = Files.list(directory)) {
            folder = owners.filter(each -> each.getFileName().toString().startsWith(owner))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing was written for " + owner));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files(String workload, String end) {
        try (Stream<Path> all = Files.walk(folder.resolve(workload))) {
            return all.filter(
                            each -> Files.isRegularFile(each) && each.toString().endsWith(end))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of a workload, by their paths. */
    List<String> folders(String workload) {
        Path top = folder.resolve(workload);
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(each -> Files.isDirectory(each) && !each.equals(top))
                    .map(each -> path(top, each))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A slash within a name is the one sign that a file system here cannot have. */
    private static String path(Path top, Path below) {
        return top.equals(below) ? "" : ("/" + top.relativize(below)).replace("%2F", "/");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands beside a file: the state that is no part of it. */
    private static JsonNode state(Path file) {
        String name = file.getFileName().toString();
        return Truth.json(read(file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json")));
    }

    List<String> messages() {
        Path top = folder.resolve("mail");
        return files("mail", ".eml").stream()
                .map(each -> {
                    try {
                        return message(path(top, each.getParent()), each);
                    } catch (MessagingException | IOException e) {
                        throw new AssertionError(each + " is no message", e);
                    }
                })
                .toList();
    }

    private static String message(String place, Path file) throws MessagingException, IOException {
        MimeMessage message =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(read(file)));
        List<String> attached = new ArrayList<>();
        attachments(message, attached);
        JsonNode state = state(file);
        List<String> categories = new ArrayList<>();
        state.path("categories").forEach(each -> categories.add(each.asText()));
        return DirectoryLines.message(
                place,
                message.getMessageID(),
                Optional.ofNullable(message.getSubject()).orElse(""),
                Stream.of(
                                message.getFrom(),
                                message.getRecipients(RecipientType.TO),
                                message.getRecipients(RecipientType.CC),
                                message.getRecipients(RecipientType.BCC))
                        .map(DirectoryView::addresses)
                        .toList(),
                Optional.ofNullable(message.getSentDate()).map(Date::toInstant),
                state.path("isRead").asBoolean(),
                state.path("isDraft").asBoolean(),
                state.path("flag").path("flagStatus").asText("notFlagged"),
                categories,
                attached);
    }

    private static List<String> addresses(Address @Nullable [] all) {
        return all == null
                ? List.of()
                : Arrays.stream(all)
                        .map(each -> ((InternetAddress) each).getAddress())
                        .toList();
    }

    private static void attachments(Part part, List<String> found) throws MessagingException, IOException {
        if (part.isMimeType("message/rfc822")) {
            found.add("item " + ((MimeMessage) part.getContent()).getSubject());
        } else if (part.getContentType().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                attachments(parts.getBodyPart(i), found);
            }
        } else if (part.getFileName() != null) {
            found.add(UserView.hash(part.getInputStream().readAllBytes()));
        }
    }

    List<String> events() {
        Path top = folder.resolve("calendar");
        return files("calendar", ".ics").stream()
                .map(each -> event(path(top, each.getParent()), each))
                .toList();
    }

    private static String event(String calendar, Path file) {
        try {
            ICalendar parsed =
                    Biweekly.parse(new ByteArrayInputStream(read(file))).first();
            ZoneId zone = Optional.ofNullable(parsed.getTimezoneInfo()
                            .getTimezone(parsed.getEvents().get(0).getDateStart()))
                    .map(each -> each.getTimeZone().toZoneId())
                    .orElse(ZoneId.systemDefault());
            VEvent series = parsed.getEvents().get(0);
            Map<LocalDate, String> exceptions = new TreeMap<>();
            for (VEvent each : parsed.getEvents().subList(1, parsed.getEvents().size())) {
                exceptions.put(day(each.getRecurrenceId().getValue(), zone), occurrence(each));
            }
            List<LocalDate> cancelled = series.getExceptionDates().stream()
                    .flatMap(each -> each.getValues().stream())
                    .map(each -> day(each, zone))
                    .toList();
            List<String> attached = series.getAttachments().stream()
                    .map(each -> UserView.hash(each.getData()))
                    .toList();
            return DirectoryLines.event(
                    calendar,
                    occurrence(series),
                    !series.getDateStart().getValue().hasTime(),
                    text(series.getLocation()),
                    rule(series, zone),
                    exceptions,
                    cancelled,
                    attached);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole days are dates without a place on earth; the library reads them in the zone of the machine. */
    private static String occurrence(VEvent event) {
        boolean timed = event.getDateStart().getValue().hasTime();
        return event.getSummary().getValue() + " "
                + Stream.of(event.getDateStart().getValue(), event.getDateEnd().getValue())
                        .map(each -> timed
                                ? each.toInstant().toString()
                                : day(each, ZoneId.systemDefault()).toString())
                        .collect(Collectors.joining(" "));
    }

    private static LocalDate day(Date date, ZoneId zone) {
        return LocalDate.ofInstant(date.toInstant(), zone);
    }

    private static String rule(VEvent event, ZoneId zone) {
        if (event.getRecurrenceRule() == null) {
            return "once";
        }
        Recurrence rule = event.getRecurrenceRule().getValue();
        return rule.getFrequency().name().toLowerCase(Locale.ROOT) + " "
                + (rule.getCount() != null
                        ? rule.getCount().toString()
                        : rule.getUntil() != null ? day(rule.getUntil(), zone).toString() : "for ever");
    }

    private static String text(@Nullable TextProperty property) {
        return property == null ? "" : property.getValue();
    }

    List<String> contacts() {
        Path top = folder.resolve("contacts");
        return files("contacts", ".vcf").stream()
                .map(each -> contact(path(top, each.getParent()), each))
                .toList();
    }

    private static String contact(String place, Path file) {
        try {
            VCard card = Ezvcard.parse(new ByteArrayInputStream(read(file))).first();
            return DirectoryLines.contact(
                    place,
                    card.getFormattedName().getValue(),
                    card.getEmails().stream().map(each -> each.getValue()).toList(),
                    card.getTelephoneNumbers().stream()
                            .map(each -> each.getText())
                            .sorted()
                            .toList(),
                    card.getNotes().stream().map(each -> each.getValue()).findFirst(),
                    Optional.ofNullable(card.getBirthday()).map(each -> (LocalDate) each.getDate()),
                    card.getPhotos().stream()
                            .map(Photo::getData)
                            .map(UserView::hash)
                            .findFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the drive: where they are, what they hold, and when they were changed, to the second. */
    List<String> driveFiles() {
        Path top = folder.resolve("onedrive");
        return files("onedrive", "").stream()
                .map(each -> {
                    try {
                        return DirectoryLines.file(
                                path(top, each),
                                UserView.hash(read(each)),
                                Files.getLastModifiedTime(each).toInstant().truncatedTo(ChronoUnit.SECONDS));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
