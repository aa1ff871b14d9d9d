// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.GraphPool;
import io.holdfast.m365.internal.workload.RestoreMark;

/**
 * The requests by which calendars of one mailbox are read. Ids are immutable ones in all of them; none asks for a time zone, so that times come in UTC and
 * look the same each time.
 */
final class CalendarCalls {
    private static final String IMMUTABLE = "IdType=\"ImmutableId\"";

    /** Lean events are some 700 bytes each. */
    static final int LEAN_PAGE = 500;

    private final String user;

    CalendarCalls(String user) {
        this.user = user;
    }

    GraphCall calendars() {
        return get(
                "calendar.calendars.list",
                GraphPath.of("/users/{}/calendars", user).with("$top", "100"));
    }

    GraphCall defaultCalendar() {
        return get(
                "calendar.calendar.get",
                GraphPath.of("/users/{}/calendar", user).with("$select", "id"));
    }

    GraphCall calendar(String id) {
        return get("calendar.calendar.get", GraphPath.of("/users/{}/calendars/{}", user, id));
    }

    /** All events but occurrences of series, in the order in which they were modified: so that what is fetched together stood together. */
    GraphCall inventory(String calendar) {
        return get(
                "calendar.events.list",
                events(calendar)
                        .with("$select", EventItems.SELECT)
                        .with("$orderby", "lastModifiedDateTime")
                        .with("$top", String.valueOf(LEAN_PAGE)));
    }

    /** Whole events that were modified between two moments, both included. */
    GraphCall modified(String calendar, String from, String to, int page) {
        return get(
                "calendar.events.read",
                events(calendar)
                        .with("$filter", "lastModifiedDateTime ge " + from + " and lastModifiedDateTime le " + to)
                        .with("$orderby", "lastModifiedDateTime")
                        .with("$top", String.valueOf(page)));
    }

    GraphCall event(String id) {
        return get("calendar.event.get", GraphPath.of("/users/{}/events/{}", user, id));
    }

    /** Whether an event is, and under which name in iCalendar. */
    GraphCall lean(String id) {
        return get(
                "calendar.event.lookup",
                GraphPath.of("/users/{}/events/{}", user, id).with("$select", EventItems.SELECT));
    }

    /** The events of a calendar with a name in iCalendar. */
    GraphCall named(String calendar, String uid) {
        return get(
                "calendar.event.lookup",
                events(calendar)
                        .with("$filter", "iCalUId eq '" + uid.replace("'", "''") + "'")
                        .with("$select", EventItems.SELECT));
    }

    /** What of a series is not as its rule says. Cancelled occurrences are told only to those who select them. */
    GraphCall series(String master) {
        return get(
                "calendar.series.get",
                GraphPath.of("/users/{}/events/{}", user, master)
                        .with("$select", "id,changeKey,cancelledOccurrences")
                        .with("$expand", "exceptionOccurrences"));
    }

    GraphCall attachments(String event) {
        return get(
                "calendar.attachments.list",
                GraphPath.of("/users/{}/events/{}/attachments", user, event)
                        .with("$select", "id,name,contentType,size,isInline,microsoft.graph.fileAttachment/contentId"));
    }

    GraphCall attachment(String event, String attachment) {
        return get(
                "calendar.attachment.content",
                GraphPath.of("/users/{}/events/{}/attachments/{}/$value", user, event, attachment));
    }

    /** What stands in a calendar: its events' names in iCalendar, and the marks of restores. */
    GraphCall standing(String calendar) {
        return get(
                        "calendar.restore.list",
                        events(calendar)
                                .with("$select", "id,iCalUId")
                                .with("$expand", RestoreMark.EXPAND)
                                .with("$top", String.valueOf(LEAN_PAGE)))
                .restoring();
    }

    GraphCall marked(String calendar, String tag) {
        return get(
                        "calendar.restore.find",
                        events(calendar)
                                .with("$filter", RestoreMark.filter(tag))
                                .with("$select", "id"))
                .restoring();
    }

    /** The occurrences of a series between two moments of UTC. */
    GraphCall instances(String series, String from, String to) {
        return get(
                        "calendar.restore.instances",
                        GraphPath.of("/users/{}/events/{}/instances", user, series)
                                .with("startDateTime", from)
                                .with("endDateTime", to)
                                .with("$select", "id,start,originalStart,type")
                                .with("$top", "50"))
                .restoring();
    }

    GraphCall createCalendar() {
        return write("POST", "calendar.restore.calendar", GraphPath.of("/users/{}/calendars", user));
    }

    GraphCall create(String calendar) {
        return write("POST", "calendar.restore.create", events(calendar));
    }

    GraphCall update(String event) {
        return write("PATCH", "calendar.restore.update", GraphPath.of("/users/{}/events/{}", user, event));
    }

    GraphCall delete(String occurrence) {
        return write("DELETE", "calendar.restore.cancel", GraphPath.of("/users/{}/events/{}", user, occurrence));
    }

    GraphCall attach(String event) {
        return write("POST", "calendar.restore.attach", GraphPath.of("/users/{}/events/{}/attachments", user, event));
    }

    GraphCall uploadSession(String event) {
        return write(
                "POST",
                "calendar.restore.session",
                GraphPath.of("/users/{}/events/{}/attachments/createUploadSession", user, event));
    }

    /** To an address that carries its own right. */
    GraphCall upload() {
        return write("PUT", "calendar.restore.upload", GraphPath.of("/"));
    }

    private GraphCall write(String method, String operation, GraphPath path) {
        return GraphCall.of(method, operation, GraphPool.EXCHANGE, user, path)
                .preferring(IMMUTABLE)
                .restoring();
    }

    private GraphPath events(String calendar) {
        return GraphPath.of("/users/{}/calendars/{}/events", user, calendar);
    }

    private GraphCall get(String operation, GraphPath path) {
        return GraphCall.get(operation, GraphPool.EXCHANGE, user, path).preferring(IMMUTABLE);
    }
}
