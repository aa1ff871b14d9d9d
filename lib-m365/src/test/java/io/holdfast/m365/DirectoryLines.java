// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a user of the simulated tenant has, as lines that files of a directory can be compared with. */
final class DirectoryLines {
    /** The zone that the sample's events are in; the others are in UTC. */
    private static final Map<String, ZoneId> ZONES =
            Map.of("W. Europe Standard Time", ZoneId.of("Europe/Berlin"), "UTC", ZoneId.of("UTC"));

    private final GraphUser user;

    DirectoryLines(GraphUser user) {
        this.user = user;
    }

    static String message(
            String folder,
            String id,
            String subject,
            List<List<String>> fromToCcBcc,
            Optional<Instant> sent,
            boolean read,
            boolean draft,
            String flag,
            List<String> categories,
            List<String> attached) {
        List<String> sorted = attached.stream().sorted().toList();
        return String.join(
                " | ",
                List.of(
                        folder,
                        id,
                        subject,
                        fromToCcBcc.toString(),
                        sent.map(Instant::toString).orElse(""),
                        (read ? "read" : "unread") + (draft ? " draft " : " ") + flag,
                        categories.toString(),
                        sorted.toString()));
    }

    static String event(
            String calendar,
            String subjectAndTimes,
            boolean wholeDay,
            String location,
            String rule,
            Map<LocalDate, String> exceptions,
            Collection<LocalDate> cancelled,
            List<String> attached) {
        List<String> sorted = attached.stream().sorted().toList();
        return String.join(
                " | ",
                List.of(
                        calendar,
                        subjectAndTimes + (wholeDay ? " whole days" : ""),
                        location,
                        rule,
                        exceptions.toString(),
                        new TreeSet<>(cancelled).toString(),
                        sorted.toString()));
    }

    static String contact(
            String folder,
            String name,
            List<String> addresses,
            List<String> phones,
            Optional<String> notes,
            Optional<LocalDate> birthday,
            Optional<String> photo) {
        return String.join(
                " | ",
                List.of(
                        folder,
                        name,
                        addresses.toString(),
                        phones.toString(),
                        notes.orElse("").replace("\r\n", "\n"),
                        birthday.map(LocalDate::toString).orElse(""),
                        photo.orElse("")));
    }

    static String file(String path, String hash, Instant modified) {
        return path + " " + hash + " " + modified;
    }

    List<String> messages() {
        List<String> all = new ArrayList<>();
        messages(user.mailbox().folder("msgfolderroot"), "", (path, each) -> all.add(message(path, each)));
        return all;
    }

    /** What is done with each message. */
    private interface Visit {
        void see(String path, GraphMessage message);
    }

    private static void messages(GraphFolder folder, String path, Visit visit) {
        folder.messages().forEach(each -> visit.see(path, each));
        folder.folders().stream()
                .filter(each -> !each.isSearch())
                .forEach(each -> messages(each, path + "/" + each.displayName(), visit));
    }

    private static String message(String folder, GraphMessage each) {
        List<String> attached = each.attached().stream()
                .map(GraphAttachment::seen)
                .map(seen -> seen.containsKey("item")
                        ? "item " + Json.text(Json.child(seen, "item"), "subject")
                        : UserView.hash(Base64.getDecoder().decode((String) seen.get("contentBytes"))))
                .toList();
        return message(
                folder,
                text(each, "internetMessageId"),
                text(each, "subject"),
                Stream.of("from", "toRecipients", "ccRecipients", "bccRecipients")
                        .map(field -> addresses(each.property(field).orElse(List.of())))
                        .toList(),
                each.property("sentDateTime").map(time -> Instant.parse(time.toString())),
                Boolean.TRUE.equals(each.property("isRead").orElse(false)),
                Boolean.TRUE.equals(each.property("isDraft").orElse(false)),
                each.property("flag")
                        .map(flag -> String.valueOf(((Map<?, ?>) flag).get("flagStatus")))
                        .orElse("notFlagged"),
                strings(each.property("categories").orElse(List.of())),
                attached);
    }

    private static String text(GraphMessage message, String property) {
        return message.property(property).orElse("").toString();
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static List<String> addresses(Object people) {
        List<?> all = people instanceof List<?> list ? list : List.of(people);
        return all.stream()
                .map(each -> ((Map<?, ?>) ((Map<?, ?>) each).get("emailAddress")).get("address"))
                .map(String::valueOf)
                .toList();
    }

    List<String> events() {
        List<String> all = new ArrayList<>();
        for (GraphCalendar calendar : user.mailbox().allCalendars()) {
            calendar.events().forEach(each -> all.add(event("/" + calendar.name(), each)));
        }
        return all;
    }

    private static String event(String calendar, GraphEvent event) {
        Map<String, Object> seen = event.seen();
        boolean wholeDay = Boolean.TRUE.equals(seen.get("isAllDay"));
        Map<LocalDate, String> exceptions = new TreeMap<>();
        event.exceptions().forEach((day, each) -> exceptions.put(day, occurrence(each, wholeDay)));
        return event(
                calendar,
                occurrence(seen, wholeDay),
                wholeDay,
                seen.get("location") instanceof Map<?, ?> place && place.get("displayName") != null
                        ? place.get("displayName").toString()
                        : "",
                rule(seen.get("recurrence")),
                exceptions,
                event.cancelled(),
                event.attachmentBytes().values().stream().map(UserView::hash).toList());
    }

    private static String occurrence(Map<String, Object> seen, boolean wholeDay) {
        return seen.get("subject") + " " + time(seen.get("start"), wholeDay) + " " + time(seen.get("end"), wholeDay);
    }

    private static String time(Object value, boolean wholeDay) {
        Map<?, ?> time = (Map<?, ?>) value;
        LocalDateTime local = LocalDateTime.parse(time.get("dateTime").toString());
        ZoneId zone = Optional.ofNullable(ZONES.get(time.get("timeZone").toString()))
                .orElseThrow(() -> new AssertionError("a zone that the test does not know: " + time));
        return wholeDay
                ? local.toLocalDate().toString()
                : local.atZone(zone).toInstant().toString();
    }

    private static String rule(Object recurrence) {
        if (!(recurrence instanceof Map<?, ?> rule)) {
            return "once";
        }
        Map<?, ?> pattern = (Map<?, ?>) rule.get("pattern");
        Map<?, ?> range = (Map<?, ?>) rule.get("range");
        String frequency =
                pattern.get("type").toString().replace("relative", "").replace("absolute", "");
        String end = switch (range.get("type").toString()) {
            case "numbered" -> range.get("numberOfOccurrences").toString();
            case "endDate" -> range.get("endDate").toString();
            default -> "for ever";
        };
        return frequency.toLowerCase(Locale.ROOT) + " " + end;
    }

    List<String> contacts() {
        List<String> all = new ArrayList<>();
        String top = user.mailbox().contacts().displayName();
        UserView.of(user).items("contact").values().forEach(each -> all.add(contact("/" + top, each)));
        return all;
    }

    private static String contact(String top, Map<String, Object> contact) {
        Map<?, ?> phones = (Map<?, ?>) contact.get("phones");
        List<String> numbers = new ArrayList<>();
        Consumer<Object> add = each -> {
            if (each != null) {
                numbers.add(each.toString());
            }
        };
        Stream.of("businessPhones", "homePhones")
                .map(phones::get)
                .filter(List.class::isInstance)
                .forEach(each -> ((List<?>) each).forEach(add));
        add.accept(phones.get("mobilePhone"));
        List<?> addresses = (List<?>) ((Map<?, ?>) contact.get("mail addresses")).get("emailAddresses");
        String photo = contact.get("photo").toString();
        return contact(
                top + contact.get("folder"),
                String.valueOf(((Map<?, ?>) contact.get("names")).get("displayName")),
                addresses.stream()
                        .map(each -> ((Map<?, ?>) each).get("address").toString())
                        .toList(),
                numbers.stream().sorted().toList(),
                Optional.ofNullable(((Map<?, ?>) contact.get("notes")).get("personalNotes"))
                        .map(Object::toString),
                Optional.ofNullable(((Map<?, ?>) contact.get("birthday")).get("birthday"))
                        .map(each -> LocalDate.parse(each.toString().substring(0, 10))),
                Optional.of(photo).filter(each -> !each.equals("none")));
    }

    /** Versions aside. */
    List<String> driveFiles() {
        return UserView.of(user).items("file").entrySet().stream()
                .map(each -> file(
                        "/" + each.getKey(),
                        each.getValue().get("content").toString(),
                        ((Instant) each.getValue().get("modified")).truncatedTo(ChronoUnit.SECONDS)))
                .toList();
    }
}
