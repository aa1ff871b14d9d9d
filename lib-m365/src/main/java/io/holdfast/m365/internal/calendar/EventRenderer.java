// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.text.ICalWriter;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.ExceptionDates;
import biweekly.property.RecurrenceId;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.model.ItemKind;
import io.holdfast.source.Renderer;
import io.holdfast.source.RestoreItem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;

/**
 * Writes events as iCalendar (RFC 5545): a series with its rule, with an event of its own for each occurrence that differs, and with the cancelled ones
 * left out; times in the zone in which the event was made. The same event gives the same bytes each time.
 */
final class EventRenderer implements Renderer {
    private final ItemKind kind;
    private final EventTimes times;

    EventRenderer(ItemKind kind, EventTimes times) {
        this.kind = kind;
        this.times = times;
    }

    @Override
    public ItemKind kind() {
        return kind;
    }

    @Override
    public String extension() {
        return ".ics";
    }

    @Override
    public void render(RestoreItem item, OutputStream out) throws IOException {
        StoredEvent stored = StoredEvent.of(item);
        ICalendar calendar = new ICalendar();
        calendar.setProductId("-//Holdfast//Microsoft 365//EN");
        new Writing(calendar, stored, item.item().key().value()).write();
        ICalWriter writer = new ICalWriter(out, ICalVersion.V2_0);
        writer.write(calendar);
        writer.flush();
    }

    /** One event on its way into a calendar. */
    private final class Writing {
        private final ICalendar calendar;
        private final StoredEvent stored;
        private final JsonNode event;
        private final String uid;
        private final ZoneId zone;
        private final boolean wholeDays;

        Writing(ICalendar calendar, StoredEvent stored, String key) {
            this.calendar = calendar;
            this.stored = stored;
            this.event = stored.event();
            this.uid = event.path("iCalUId").asText(key);
            this.zone = times.zone(event);
            this.wholeDays = event.path("isAllDay").asBoolean();
        }

        void write() throws IOException {
            VEvent main = component(event);
            if (event.hasNonNull("recurrence")) {
                Optional<LocalTime> start = wholeDays ? Optional.empty() : start().map(ZonedDateTime::toLocalTime);
                Optional<Recurrence> rule = Recurrences.rule(event.path("recurrence"), start, zone);
                rule.ifPresent(main::setRecurrenceRule);
                excludeCancelled(main);
            }
            calendar.addEvent(main);
            for (JsonNode exception : stored.exceptions()) {
                VEvent one = component(exception);
                EventTimes.instant(exception.path("originalStart"))
                        .ifPresent(original -> one.setRecurrenceId(new RecurrenceId(
                                wholeDays
                                        ? Recurrences.day(LocalDate.ofInstant(original, ZoneOffset.UTC))
                                        : new ICalDate(Date.from(original)))));
                calendar.addEvent(one);
            }
            if (!wholeDays && !isUtc()) {
                LocalDateTime from = start().map(ZonedDateTime::toLocalDateTime).orElse(LocalDate.EPOCH.atStartOfDay());
                calendar.getTimezoneInfo()
                        .setDefaultTimezone(
                                new TimezoneAssignment(TimeZone.getTimeZone(zone), ZoneComponents.of(zone, from)));
            }
        }

        private boolean isUtc() {
            return zone.normalized().equals(ZoneOffset.UTC);
        }

        private Optional<ZonedDateTime> start() {
            return times.moment(event.path("start"), zone);
        }

        private VEvent component(JsonNode one) throws IOException {
            VEvent component = new VEvent();
            component.setUid(uid);
            date(one, "start").ifPresent(start -> component.setDateStart(new DateStart(start)));
            date(one, "end").ifPresent(end -> component.setDateEnd(new DateEnd(end)));
            new EventFields(component, one).copy();
            for (StoredEvent.Attached each : stored.attachmentsOf(one.path("id").asText())) {
                EventFields.attach(component, each);
            }
            return component;
        }

        private Optional<ICalDate> date(JsonNode one, String which) {
            if (one.path("isAllDay").asBoolean()) {
                return times.day(one.path(which), zone).map(Recurrences::day);
            }
            return times.moment(one.path(which), zone).map(moment -> new ICalDate(Date.from(moment.toInstant())));
        }

        /** Cancelled occurrences are named {@code OID.series.date}. */
        private void excludeCancelled(VEvent main) {
            ExceptionDates dates = new ExceptionDates();
            for (String name : stored.cancelled()) {
                occurrence(name).ifPresent(dates.getValues()::add);
            }
            if (!dates.getValues().isEmpty()) {
                main.addExceptionDates(dates);
            }
        }

        private Optional<ICalDate> occurrence(String name) {
            Optional<LocalDate> day = StoredEvent.dayOf(name);
            return wholeDays
                    ? day.map(Recurrences::day)
                    : day.flatMap(date -> times.onDay(event, date)).map(start -> new ICalDate(Date.from(start)));
        }
    }
}
