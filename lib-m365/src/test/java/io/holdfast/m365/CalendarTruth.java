// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.StoredItem;
import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphUser;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Calendars: events with their text, series with what is different in them, and every byte of what is attached. */
final class CalendarTruth extends Truth {
    private static final String BERLIN = "W. Europe Standard Time";
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);

    CalendarTruth(TenantRig rig, GraphUser user) {
        super(rig, user);
    }

    @Override
    M365Workload workload() {
        return M365Workload.CALENDAR;
    }

    @Override
    ResourceId resource() {
        return new ResourceId("calendar:" + user.id());
    }

    @Override
    void fill() {
        Random random = new Random(6);
        user.mailbox().addCalendar("Empty");
        GraphCalendar team = user.mailbox().addCalendar("Team");
        for (int i = 0; i < 50; i++) {
            rig.time.advance(Duration.ofMinutes(7));
            EventDraft event = draft("Event " + i, MONDAY.plusDays(i));
            if (i % 10 < 3) {
                event.attach(GraphAttachment.file("file " + i, "application/octet-stream", noise(random)));
            }
            (i % 3 == 0 ? team : user.mailbox().calendar()).add(event);
        }
        for (int i = 0; i < 4; i++) {
            GraphEvent series = user.mailbox()
                    .calendar()
                    .add(draft("Series " + i, MONDAY).weekly(12, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY));
            series.editOccurrence(MONDAY.plusDays(7), "subject", "Another " + i);
            series.cancelOccurrence(MONDAY.plusDays(2));
        }
    }

    private static EventDraft draft(String subject, LocalDate day) {
        return EventDraft.of(subject, day.atTime(9, 0), BERLIN, Duration.ofHours(1))
                .html("<p>Text of " + subject + "</p>");
    }

    @Override
    void live(int day) {
        GraphCalendar calendar = user.mailbox().calendar();
        List<GraphEvent> there = calendar.events();
        calendar.add(draft("News of day " + day, MONDAY.plusDays(day))
                .attach(GraphAttachment.file("news", "text/plain", noise(new Random(day)))));
        there.get(3).edit("subject", "Changed on day " + day);
        there.get(5).move(user.mailbox().allCalendars().get(2));
        there.get(7).delete();
        there.get(9).purge();
        there.stream()
                .filter(each -> each.text("subject").startsWith("Series"))
                .forEach(each -> each.cancelOccurrence(MONDAY.plusDays(14 + 7L * day)));
    }

    @Override
    void heal() {
        for (GraphCalendar calendar : user.mailbox().allCalendars()) {
            for (GraphEvent each : calendar.events()) {
                if (each.isVanished()) {
                    each.purge();
                } else {
                    each.heal();
                }
            }
        }
    }

    @Override
    Set<String> vanished() {
        Set<String> vanished = new HashSet<>();
        user.mailbox()
                .allCalendars()
                .forEach(calendar -> calendar.events().stream()
                        .filter(GraphEvent::isVanished)
                        .forEach(each -> vanished.add(each.immutableId())));
        return vanished;
    }

    @Override
    List<Held> inTenant(GraphUser whose) {
        List<Held> held = new ArrayList<>();
        for (GraphCalendar calendar : whose.mailbox().allCalendars()) {
            String path = "/" + calendar.name();
            held.add(Held.container(path));
            calendar.events().forEach(each -> held.add(held(each, path)));
        }
        return held;
    }

    private static Held held(GraphEvent event, String calendar) {
        Map<?, ?> body = (Map<?, ?>) event.seen().get("body");
        Set<String> different = new TreeSet<>();
        event.exceptions().forEach((day, each) -> different.add(String.valueOf(each.get("subject"))));
        event.cancelled().forEach(day -> different.add("not on " + day));
        Set<String> attached = new TreeSet<>();
        event.attachmentBytes().forEach((name, bytes) -> attached.add(name + " " + digest(bytes)));
        return new Held(
                event.immutableId(),
                line(calendar, event.text("subject"), String.valueOf(body.get("content")), different, attached));
    }

    private static String line(
            String calendar, String subject, String text, Set<String> different, Set<String> attached) {
        return calendar + " | " + subject + " | " + text + " | " + different + " | " + attached;
    }

    @Override
    Optional<Held> inSnapshot(StoredItem item) {
        ManifestEntry entry = item.entry();
        JsonNode event = json(part(entry, "event"));
        Set<String> different = new TreeSet<>();
        if (hasPart(entry, "series")) {
            JsonNode series = json(part(entry, "series"));
            series.path("exceptionOccurrences")
                    .forEach(each -> different.add(each.path("subject").asText()));
            series.path("cancelledOccurrences")
                    .forEach(each -> different.add("not on " + each.asText().replaceAll(".*\\.", "")));
        }
        Set<String> attached = new TreeSet<>();
        if (hasPart(entry, "attachments")) {
            int place = 0;
            for (JsonNode each : json(part(entry, "attachments"))) {
                attached.add(each.path("name").asText() + " " + digest(part(entry, "attachment/" + place++)));
            }
        }
        return Optional.of(new Held(
                entry.key().value(),
                line(
                        parent(item),
                        event.path("subject").asText(),
                        event.path("body").path("content").asText(),
                        different,
                        attached)));
    }
}
