// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import biweekly.component.VAlarm;
import biweekly.component.VEvent;
import biweekly.parameter.CalendarUserType;
import biweekly.parameter.ParticipationLevel;
import biweekly.parameter.ParticipationStatus;
import biweekly.property.Attachment;
import biweekly.property.Attendee;
import biweekly.property.Organizer;
import biweekly.property.Status;
import biweekly.property.Trigger;
import biweekly.util.Duration;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.source.Part;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Copies what is no time from an event's JSON into a component of iCalendar. */
final class EventFields {
    /** Larger attachments stand as files beside the calendar file: in it they would have to be held in memory. */
    private static final int LARGEST_ATTACHMENT = 1 << 20;

    private final VEvent component;
    private final JsonNode event;

    EventFields(VEvent component, JsonNode event) {
        this.component = component;
        this.event = event;
    }

    void copy() {
        Optional<Date> modified = date("lastModifiedDateTime");
        Optional<Date> created = date("createdDateTime");
        component.setDateTimeStamp(modified.or(() -> created).orElseGet(() -> Date.from(Instant.EPOCH)));
        modified.ifPresent(component::setLastModified);
        created.ifPresent(component::setCreated);
        text("subject").ifPresent(component::setSummary);
        location().ifPresent(component::setLocation);
        text("webLink").ifPresent(component::setUrl);
        body();
        people();
        classification();
        List<String> categories = new ArrayList<>();
        event.path("categories").forEach(each -> categories.add(each.asText()));
        if (!categories.isEmpty()) {
            component.addCategories(categories);
        }
        if (event.path("isReminderOn").asBoolean()) {
            Trigger before = new Trigger(
                    Duration.builder()
                            .prior(true)
                            .minutes(event.path("reminderMinutesBeforeStart").asInt())
                            .build(),
                    null);
            component.addAlarm(VAlarm.display(before, text("subject").orElse("")));
        }
        String meeting = event.path("onlineMeeting").path("joinUrl").asText("");
        if (!meeting.isEmpty()) {
            component.setExperimentalProperty("X-MICROSOFT-SKYPETEAMSMEETINGURL", meeting);
        }
    }

    private void body() {
        String content = event.path("body").path("content").asText("");
        if (content.isBlank()) {
            return;
        }
        if (event.path("body").path("contentType").asText("").equalsIgnoreCase("html")) {
            component.setDescription(HtmlText.of(content));
            component.setExperimentalProperty("X-ALT-DESC", escaped(content)).setParameter("FMTTYPE", "text/html");
        } else {
            component.setDescription(content);
        }
    }

    /** As RFC 5545, section 3.3.11, has it: properties of our own are written as they are. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(",", "\\,")
                .replace(";", "\\;")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n");
    }

    private void people() {
        JsonNode organizer = event.path("organizer").path("emailAddress");
        String address = organizer.path("address").asText("");
        if (!address.isEmpty()) {
            component.setOrganizer(new Organizer(organizer.path("name").asText(null), address));
        }
        for (JsonNode each : event.path("attendees")) {
            JsonNode who = each.path("emailAddress");
            Attendee attendee = new Attendee(
                    who.path("name").asText(null), who.path("address").asText(""));
            String type = each.path("type").asText("").toLowerCase(Locale.ROOT);
            attendee.setParticipationLevel(
                    type.equals("optional") ? ParticipationLevel.OPTIONAL : ParticipationLevel.REQUIRED);
            if (type.equals("resource")) {
                attendee.setCalendarUserType(CalendarUserType.RESOURCE);
            }
            attendee.setParticipationStatus(
                    status(each.path("status").path("response").asText("")));
            component.addAttendee(attendee);
        }
    }

    private static ParticipationStatus status(String response) {
        switch (response.toLowerCase(Locale.ROOT)) {
            case "accepted":
            case "organizer":
                return ParticipationStatus.ACCEPTED;
            case "declined":
                return ParticipationStatus.DECLINED;
            case "tentativelyaccepted":
                return ParticipationStatus.TENTATIVE;
            default:
                return ParticipationStatus.NEEDS_ACTION;
        }
    }

    private void classification() {
        String sensitivity = event.path("sensitivity").asText("normal").toUpperCase(Locale.ROOT);
        component.setClassification(
                sensitivity.equals("CONFIDENTIAL") ? sensitivity : sensitivity.equals("NORMAL") ? "PUBLIC" : "PRIVATE");
        String importance = event.path("importance").asText("normal");
        component.setPriority(importance.equals("high") ? 1 : importance.equals("low") ? 9 : 5);
        String busy = event.path("showAs").asText("busy").toUpperCase(Locale.ROOT);
        component.setTransparency(busy.equals("FREE"));
        component.setExperimentalProperty("X-MICROSOFT-CDO-BUSYSTATUS", busy);
        if (event.path("isCancelled").asBoolean()) {
            component.setStatus(Status.cancelled());
        } else {
            component.setStatus(busy.equals("TENTATIVE") ? Status.tentative() : Status.confirmed());
        }
    }

    private Optional<String> location() {
        return Optional.of(event.path("location").path("displayName").asText(""))
                .filter(name -> !name.isEmpty());
    }

    private Optional<String> text(String field) {
        return Optional.of(event.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    private Optional<Date> date(String field) {
        return EventTimes.instant(event.path(field)).map(Date::from);
    }

    static void attach(VEvent component, StoredEvent.Attached attached) throws IOException {
        Part part = attached.part();
        if (part == null || part.length() > LARGEST_ATTACHMENT) {
            return;
        }
        try (InputStream in = part.open(0)) {
            byte[] bytes = in.readNBytes(LARGEST_ATTACHMENT + 1);
            if (bytes.length <= LARGEST_ATTACHMENT) {
                Attachment attachment =
                        new Attachment(attached.about().path("contentType").asText(null), bytes);
                attachment.setParameter(
                        "X-FILENAME", attached.about().path("name").asText("attachment"));
                component.addAttachment(attachment);
            }
        }
    }
}
