// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Graph shows an event. */
final class EventJson {
    private static final Pattern EXTENDED_ID = Pattern.compile("id eq '((?:[^']|'')*)'");
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private EventJson() {}

    /** With what the query selects and expands. */
    static Map<String, Object> of(Occurrence one, Call call) {
        Query query = call.query();
        if (one.event().isSpoilt() && query.selection().wants("body")) {
            throw GraphError.corrupt();
        }
        Map<String, Object> json = new LinkedHashMap<>(query.selection().of(of(one, call.immutableIds())));
        query.expansion("attachments").ifPresent(expansion -> {
            List<Object> all = new ArrayList<>();
            one.attachments().forEach(each -> all.add(each.whole()));
            json.put("attachments", all);
        });
        query.expansion("singleValueExtendedProperties")
                .ifPresent(expansion -> extended(
                        one.event().extendedValues(), expansion.options().getOrDefault("$filter", ""), json));
        return json;
    }

    /** The same as the only one that was asked for: then a series tells what is not as its rule has it, to those who ask for it. */
    static Map<String, Object> alone(Occurrence one, Call call) {
        Map<String, Object> json = of(one, call);
        boolean master = one.type().equals("seriesMaster");
        Query.Selection selection = call.query().selection();
        if (master && !selection.isAll() && selection.wants("cancelledOccurrences")) {
            String id = one.event().id(call.immutableIds(), 0);
            json.put(
                    "cancelledOccurrences",
                    one.event().cancelled().stream()
                            .map(day -> "OID." + id + "." + day)
                            .toList());
        }
        if (master && call.query().expansion("exceptionOccurrences").isPresent()) {
            json.put(
                    "exceptionOccurrences",
                    one.event().differing().stream()
                            .map(each -> of(each, call.immutableIds()))
                            .toList());
        }
        return json;
    }

    static Map<String, Object> of(Occurrence one, boolean immutableIds) {
        GraphEvent event = one.event();
        Map<String, Object> said = one.properties();
        boolean meeting = event.isMeeting();
        String zone = Clocks.zoneName(Json.child(said, "start"));
        Map<String, Object> json = Json.object(
                "@odata.etag", "W/\"" + event.changeKey() + "\"",
                "id", event.id(immutableIds, one.part()),
                "createdDateTime", Clocks.ticks(event.created()),
                "lastModifiedDateTime", Clocks.ticks(event.modified()),
                "changeKey", event.changeKey(),
                "categories", said.getOrDefault("categories", List.of()),
                "transactionId", said.get("transactionId"),
                "originalStartTimeZone", zone,
                "originalEndTimeZone", Clocks.zoneName(Json.child(said, "end")),
                "iCalUId", event.uid(),
                "reminderMinutesBeforeStart", said.getOrDefault("reminderMinutesBeforeStart", 15),
                "isReminderOn", said.getOrDefault("isReminderOn", true),
                "hasAttachments", hasAttachments(one),
                "subject", said.get("subject"),
                "bodyPreview", preview(Json.text(Json.child(said, "body"), "content")),
                "importance", said.getOrDefault("importance", "normal"),
                "sensitivity", said.getOrDefault("sensitivity", "normal"),
                "isAllDay", one.isAllDay(),
                "isCancelled", said.getOrDefault("isCancelled", false),
                "isDraft", false,
                "isOrganizer", said.getOrDefault("isOrganizer", true),
                "responseRequested", said.getOrDefault("responseRequested", true),
                "seriesMasterId",
                        one.day().map(day -> event.id(immutableIds, 0)).orElse(null),
                "showAs", said.getOrDefault("showAs", "busy"),
                "type", one.type(),
                "webLink",
                        "https://outlook.office365.com/owa/?itemid=" + event.id(false, one.part())
                                + "&exvsurl=1&path=/calendar/item",
                "onlineMeetingUrl", null,
                "isOnlineMeeting", said.getOrDefault("isOnlineMeeting", false),
                "onlineMeetingProvider", said.getOrDefault("onlineMeetingProvider", "unknown"),
                "allowNewTimeProposals", said.getOrDefault("allowNewTimeProposals", true),
                "hideAttendees", said.getOrDefault("hideAttendees", false),
                "responseStatus", Json.object("response", meeting ? "organizer" : "none", "time", NEVER),
                "body", body(Json.child(said, "body")),
                "start", Clocks.shown(one.start()),
                "end", Clocks.shown(one.end()),
                "location", said.getOrDefault("location", Json.object("displayName", "", "locationType", "default")),
                "locations", said.getOrDefault("locations", List.of()),
                "recurrence", one.day().isPresent() ? null : said.get("recurrence"),
                "attendees", said.getOrDefault("attendees", List.of()),
                "organizer",
                        said.getOrDefault("organizer", organizer(event.mailbox().owner())),
                "onlineMeeting", said.get("onlineMeeting"));
        Optional<LocalDate> day = one.day();
        if (day.isPresent()) {
            json.put("originalStart", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(one.byRule()) + "Z");
        }
        return json;
    }

    private static boolean hasAttachments(Occurrence one) {
        return one.attachments().stream()
                .anyMatch(each -> each.attachment().contentId().isEmpty());
    }

    private static Map<String, Object> organizer(GraphUser owner) {
        return Json.object("emailAddress", Json.object("name", owner.displayName(), "address", owner.address()));
    }

    private static Map<String, Object> body(Map<String, Object> body) {
        String type = Json.text(body, "contentType");
        return Json.object(
                "contentType",
                type.isEmpty() ? "html" : type.toLowerCase(Locale.ROOT),
                "content",
                Json.text(body, "content"));
    }

    private static String preview(String content) {
        String text = content.replaceAll("<[^>]*>", "");
        return text.substring(0, Math.min(255, text.length()));
    }

    static void extended(Map<String, String> stored, String filter, Map<String, Object> json) {
        List<Object> values = new ArrayList<>();
        Matcher ids = EXTENDED_ID.matcher(filter);
        while (ids.find()) {
            String id = Extended.normal(ids.group(1).replace("''", "'"));
            String value = stored.get(id);
            if (value != null) {
                values.add(Json.object("id", id, "value", value));
            }
        }
        // The service leaves the array out when there is nothing in it.
        if (!values.isEmpty()) {
            json.put("singleValueExtendedProperties", values);
        }
    }
}
