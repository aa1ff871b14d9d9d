// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import static io.holdfast.source.FieldPromise.equal;
import static io.holdfast.source.FieldPromise.mayDiffer;
import static io.holdfast.source.FieldPromise.notKept;

import io.holdfast.source.KindCapability;
import java.util.List;

/** What becomes of calendars and events. */
final class CalendarKinds {
    private CalendarKinds() {}

    static List<KindCapability> capabilities() {
        return List.of(calendar(), event());
    }

    private static KindCapability calendar() {
        return new KindCapability(
                        EventItems.CALENDAR, true, true, "listed whole each session", "calendar groups, permissions")
                .exporting("a directory")
                .promising(
                        equal("name"),
                        mayDiffer("id", "the service gives it"),
                        notKept("colour and group", "they are each user's own view"),
                        notKept("who may see it", "granting it again would tell people"));
    }

    private static KindCapability event() {
        return new KindCapability(
                        EventItems.EVENT,
                        true,
                        true,
                        "listed whole each session by change key; exceptions and cancelled occurrences with their series",
                        "attendees are kept, and restored as a note only, since Exchange would invite them; online meetings; the name in iCalendar")
                .exporting(
                        "an .ics file, series with exceptions and cancelled occurrences, attachments up to some size within")
                .promising(
                        equal("calendar"),
                        equal("subject"),
                        equal("body"),
                        equal("start"),
                        equal("end"),
                        equal("time zones"),
                        equal("whole day"),
                        equal("location"),
                        equal("recurrence"),
                        equal("exceptions"),
                        equal("cancelled occurrences"),
                        equal("attachments"),
                        equal("categories"),
                        equal("shown as"),
                        equal("importance"),
                        equal("sensitivity"),
                        equal("reminder"),
                        mayDiffer("id, iCalUId, created, modified, change key", "the service gives them"),
                        mayDiffer("organizer", "whoever has the calendar is the organizer of what is made in it"),
                        notKept("attendees", "Exchange would invite them; who they were stands in a note of the event"),
                        notKept("online meeting", "a service of its own makes it"),
                        notKept("attachments that are links or items", "Graph v1.0 cannot attach them to an event"));
    }
}
