// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.json.Json;
import io.holdfast.source.KindCapability;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user of the simulated tenant has, field by field under the names that {@link Microsoft365#capabilities} promises by: of each kind the items by what
 * they are recognised by, and of each item the fields that are to come back equal.
 */
final class UserView {
    private static final String HEADERS = "String 0x007D";
    private static final int VERSIONS = 10;
    private static final int MOST_DIFFERENCES = 20;

    private final Map<String, Map<String, Map<String, Object>>> kinds = new TreeMap<>();

    private UserView() {}

    static UserView of(GraphUser user) {
        UserView view = new UserView();
        view.folders(user.mailbox().folder("msgfolderroot"), "");
        user.mailbox()
                .categories()
                .forEach((name, color) -> view.add("mail-category", name, fields("name", name, "colour", color)));
        user.mailbox().allCalendars().forEach(view::calendar);
        view.contacts(user.mailbox().contacts(), "");
        user.drive().items().forEach(view::driveItem);
        return view;
    }

    /** The items of a kind. */
    Map<String, Map<String, Object>> items(String kind) {
        return kinds.getOrDefault(kind, Map.of());
    }

    /** What differs of what these workloads promise to give back, the first lines of it. */
    List<String> differences(UserView is, Set<M365Workload> workloads) {
        List<String> differences = new ArrayList<>();
        for (M365Workload workload : workloads) {
            for (KindCapability kind : Microsoft365.capabilities().get(workload)) {
                if (kind.restores()) {
                    compare(kind.kind().name(), is, differences);
                }
            }
        }
        return differences.stream()
                .limit(MOST_DIFFERENCES)
                .map(line -> line.length() > 600 ? line.substring(0, 600) : line)
                .toList();
    }

    private void compare(String kind, UserView is, List<String> differences) {
        Set<String> identities = new TreeSet<>(items(kind).keySet());
        identities.addAll(is.items(kind).keySet());
        for (String identity : identities) {
            Map<String, Object> expected = items(kind).get(identity);
            Map<String, Object> found = is.items(kind).get(identity);
            String which = kind + " " + identity;
            if (expected == null || found == null) {
                differences.add(which + (found == null ? " is missing" : " is too much"));
                continue;
            }
            expected.forEach((field, value) -> {
                if (!Objects.equals(value, found.get(field))) {
                    differences.add(field + " of " + which + " was " + value + " and is " + found.get(field));
                }
            });
        }
    }

    /** This, and all of it once more in a folder of this name; events in a calendar of this name. */
    UserView withCopyIn(String folder) {
        UserView both = new UserView();
        kinds.forEach((kind, items) -> items.forEach((identity, fields) -> both.add(kind, identity, fields)));
        String slashed = "/" + folder;
        both.add("mail-folder", slashed, fields("name", folder, "place", "", "hidden", false));
        both.copy(this, "mail-folder", slashed, Map.of("place", slashed));
        both.copy(this, "message", slashed, Map.of("folder", slashed));
        both.add("calendar", folder, fields("name", folder));
        items("event").values().forEach(event -> {
            Map<String, Object> moved = new LinkedHashMap<>(event);
            moved.put("calendar", folder);
            both.add("event", folder + "/" + event.get("subject"), moved);
        });
        // Top folder and folder of the restore are one.
        both.copy(this, "contact-folder", slashed, Map.of("place", slashed));
        both.items("contact-folder").get(slashed + "/").put("name", folder);
        both.copy(this, "contact", slashed, Map.of("folder", slashed));
        both.add("folder", folder, fields("name", folder, "place", "", "permissions", List.of()));
        both.copy(this, "folder", folder + "/", Map.of("place", folder));
        both.copy(this, "file", folder + "/", Map.of("folder", folder));
        return both;
    }

    private void copy(UserView from, String kind, String before, Map<String, String> places) {
        from.items(kind).forEach((identity, fields) -> {
            Map<String, Object> moved = new LinkedHashMap<>(fields);
            places.forEach((field, top) -> {
                String place = fields.get(field).toString();
                String between = place.isEmpty() || place.startsWith("/") ? "" : "/";
                moved.put(field, top + between + place);
            });
            add(kind, before + identity, moved);
        });
    }

    private void add(String kind, String identity, Map<String, Object> fields) {
        Map<String, Object> other =
                kinds.computeIfAbsent(kind, each -> new TreeMap<>()).put(identity, fields);
        if (other != null) {
            throw new AssertionError("two of " + kind + " are " + identity);
        }
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        return Json.object(namesAndValues);
    }

    private void folders(GraphFolder parent, String path) {
        parent.messages().forEach(each -> message(each, path));
        for (GraphFolder each : parent.folders()) {
            if (!each.isSearch()) {
                String place = path + "/" + each.displayName();
                add("mail-folder", place, fields("name", each.displayName(), "place", path, "hidden", each.isHidden()));
                folders(each, place);
            }
        }
    }

    private void message(GraphMessage message, String folder) {
        Function<String, @Nullable Object> property =
                name -> message.property(name).orElse(null);
        Map<Boolean, List<Map<String, Object>>> attached = message.attached().stream()
                .map(GraphAttachment::seen)
                .collect(Collectors.partitioningBy(each -> each.containsKey("item")));
        add(
                "message",
                folder + " " + property.apply("internetMessageId"),
                fields(
                        "folder", folder,
                        "subject", property.apply("subject"),
                        "body", property.apply("body"),
                        "from", property.apply("from"),
                        "sender", property.apply("sender"),
                        "to", property.apply("toRecipients"),
                        "cc", listOf(property.apply("ccRecipients")),
                        "bcc", listOf(property.apply("bccRecipients")),
                        "reply to", listOf(property.apply("replyTo")),
                        "sent", property.apply("sentDateTime"),
                        "received", property.apply("receivedDateTime"),
                        "internetMessageId", property.apply("internetMessageId"),
                        "internet headers", message.extendedProperty(HEADERS).orElse(""),
                        "read state", Boolean.TRUE.equals(property.apply("isRead")),
                        "draft state", property.apply("isDraft"),
                        "categories", listOf(property.apply("categories")),
                        "flag",
                                Optional.ofNullable(property.apply("flag"))
                                        .map(each -> String.valueOf(((Map<?, ?>) each).get("flagStatus")))
                                        .orElse("notFlagged"),
                        "importance",
                                Optional.ofNullable(property.apply("importance"))
                                        .orElse("normal"),
                        "receipts asked for",
                                List.of(
                                        Boolean.TRUE.equals(property.apply("isReadReceiptRequested")),
                                        Boolean.TRUE.equals(property.apply("isDeliveryReceiptRequested"))),
                        "attachments",
                                attached.get(false).stream()
                                        .map(UserView::file)
                                        .sorted()
                                        .toList(),
                        "nested items",
                                attached.get(true).stream()
                                        .map(UserView::nested)
                                        .sorted()
                                        .toList()));
    }

    private static Object listOf(@Nullable Object value) {
        return value == null ? List.of() : value;
    }

    private static String file(Map<String, Object> seen) {
        return seen.get("type") + " " + seen.get("name") + ", " + seen.get("contentType") + ", "
                + seen.get("contentId") + ", "
                + hash(seen.get("contentBytes").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String nested(Map<String, Object> seen) {
        Map<String, Object> item = Json.child(seen, "item");
        return Stream.of("subject", "body", "from", "toRecipients")
                .map(each -> each + "=" + item.get(each))
                .toList()
                .toString();
    }

    private void calendar(GraphCalendar calendar) {
        add("calendar", calendar.name(), fields("name", calendar.name()));
        calendar.events().forEach(each -> event(each, calendar.name()));
    }

    private void event(GraphEvent event, String calendar) {
        Map<String, Object> seen = event.seen();
        Map<String, String> attached = new TreeMap<>();
        event.attachmentBytes().forEach((name, bytes) -> attached.put(name, hash(bytes)));
        Map<String, Object> exceptions = new TreeMap<>();
        event.exceptions()
                .forEach((day, each) -> exceptions.put(
                        day.toString(), List.of(each.get("subject"), each.get("start"), each.get("end"))));
        add(
                "event",
                calendar + "/" + seen.get("subject"),
                fields(
                        "calendar",
                        calendar,
                        "subject",
                        seen.get("subject"),
                        "body",
                        seen.get("body"),
                        "start",
                        seen.get("start"),
                        "end",
                        seen.get("end"),
                        "time zones",
                        seen.get("originalStartTimeZone") + ", " + seen.get("originalEndTimeZone"),
                        "whole day",
                        seen.get("isAllDay"),
                        "location",
                        seen.get("location"),
                        "recurrence",
                        seen.get("recurrence"),
                        "exceptions",
                        exceptions,
                        "cancelled occurrences",
                        event.cancelled(),
                        "attachments",
                        attached,
                        "categories",
                        seen.get("categories"),
                        "shown as",
                        seen.get("showAs"),
                        "importance",
                        seen.get("importance"),
                        "sensitivity",
                        seen.get("sensitivity"),
                        "reminder",
                        seen.get("isReminderOn") + ", " + seen.get("reminderMinutesBeforeStart")));
    }

    private void contacts(GraphContactFolder folder, String path) {
        add("contact-folder", path + "/", fields("name", folder.displayName(), "place", path));
        folder.contacts().forEach(each -> contact(each, path));
        folder.children().forEach(each -> contacts(each, path + "/" + each.displayName()));
    }

    private void contact(GraphContact contact, String folder) {
        Map<String, Object> seen = contact.seen();
        add(
                "contact",
                folder + "/" + seen.get("displayName"),
                fields(
                        "folder",
                        folder,
                        "names",
                        some(
                                seen,
                                "displayName",
                                "givenName",
                                "surname",
                                "middleName",
                                "initials",
                                "nickName",
                                "title",
                                "generation",
                                "fileAs",
                                "yomiGivenName",
                                "yomiSurname",
                                "yomiCompanyName"),
                        "mail addresses",
                        some(seen, "emailAddresses"),
                        "phones",
                        some(seen, "businessPhones", "homePhones", "mobilePhone"),
                        "instant messaging",
                        some(seen, "imAddresses"),
                        "postal addresses",
                        some(seen, "homeAddress", "businessAddress", "otherAddress"),
                        "work",
                        some(
                                seen,
                                "companyName",
                                "department",
                                "jobTitle",
                                "profession",
                                "officeLocation",
                                "manager",
                                "assistantName",
                                "businessHomePage"),
                        "family",
                        some(seen, "spouseName", "children"),
                        "birthday",
                        some(seen, "birthday"),
                        "notes",
                        some(seen, "personalNotes"),
                        "categories",
                        some(seen, "categories"),
                        "photo",
                        contact.photo().map(UserView::hash).orElse("none")));
    }

    private static Map<String, Object> some(Map<String, Object> seen, String... names) {
        Map<String, Object> some = new LinkedHashMap<>();
        for (String name : names) {
            some.put(name, seen.get(name));
        }
        return some;
    }

    private void driveItem(GraphDriveItem item) {
        String path = item.path();
        String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        List<String> grants = item.permissions().stream()
                .filter(each -> each.siteGroup().isEmpty())
                .map(each -> each.roles() + " " + each.principals() + " " + each.linkScope())
                .sorted()
                .toList();
        if (path.isEmpty()) {
            return;
        }
        if (item.kind() == GraphDriveItem.Kind.FOLDER) {
            add("folder", path, fields("name", item.name(), "place", folder, "permissions", grants));
            return;
        }
        int all = item.versionCount();
        add(
                "file",
                path,
                fields(
                        "name",
                        item.name(),
                        "folder",
                        folder,
                        "content",
                        hash(item.content()),
                        "created",
                        item.ownCreated(),
                        "modified",
                        item.ownModified(),
                        "versions, the newest 10",
                        IntStream.range(Math.max(0, all - VERSIONS), all)
                                .mapToObj(index -> hash(item.version(index)))
                                .toList(),
                        "permissions",
                        grants));
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
