// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events: listed without occurrences, seen through a window with them, read, made and changed. Whatever would tell an attendee is put into the books: this
 * Graph sends nothing.
 */
final class EventWorkload implements Workload {
    private static final int PAGE = 10;
    private static final int MOST = 1000;
    private static final List<String> LISTS = List.of(
            "/users/{user}/events", "/users/{user}/calendar/events", "/users/{user}/calendars/{calendar}/events");
    private static final List<String> VIEWS = List.of(
            "/users/{user}/calendarView",
            "/users/{user}/calendar/calendarView",
            "/users/{user}/calendars/{calendar}/calendarView");
    /** What the service alone writes. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "changeKey",
            "iCalUId",
            "createdDateTime",
            "lastModifiedDateTime",
            "webLink",
            "bodyPreview",
            "hasAttachments",
            "seriesMasterId",
            "type",
            "originalStart",
            "exceptionOccurrences",
            "cancelledOccurrences");

    private static final ItemFilter<GraphEvent> FILTER = new ItemFilter<>(
            Map.of(
                    "lastModifiedDateTime", GraphEvent::modified,
                    "createdDateTime", GraphEvent::created,
                    "start/dateTime", event -> event.whole().start().toInstant(ZoneOffset.UTC)),
            Map.of("iCalUId", GraphEvent::uid, "subject", event -> event.text("subject")),
            GraphEvent::extendedValues);

    private final Pages pages;
    private final Books books;

    EventWorkload(Pages pages, Books books) {
        this.pages = pages;
        this.books = books;
    }

    @Override
    public void addTo(Routes routes) {
        Routes.Group reads = routes.group(Service.OUTLOOK, Roles.CALENDARS_READ);
        Routes.Group writes = routes.group(Service.OUTLOOK, Roles.CALENDARS_WRITE);
        for (String path : LISTS) {
            reads.on("GET", path, "event.list", this::list)
                    .on("GET", path + "/{event}", "event.get", this::get)
                    .on("GET", path + "/{event}/instances", "event.instances", this::instances);
            writes.on("POST", path, "event.create", this::create)
                    .on("PATCH", path + "/{event}", "event.update", this::update)
                    .on("DELETE", path + "/{event}", "event.delete", this::delete);
        }
        for (String path : VIEWS) {
            reads.on("GET", path, "event.view", this::view);
        }
    }

    private static String context(Call call) {
        return Mailboxes.user(call) + "/events";
    }

    static Occurrence event(Call call) {
        GraphCalendars calendars = Mailboxes.mailbox(call).calendars();
        Occurrence found = calendars.findEvent(call.variable("event")).orElseThrow(GraphError::notFound);
        boolean elsewhere = call.variables().containsKey("calendar")
                && !found.event().isIn(calendars.find(call.variable("calendar")));
        if (elsewhere) {
            throw GraphError.notFound();
        }
        return found;
    }

    private static GraphCalendar calendar(Call call) {
        GraphCalendars calendars = Mailboxes.mailbox(call).calendars();
        return call.variables().containsKey("calendar") ? calendars.find(call.variable("calendar")) : calendars.first();
    }

    private Reply list(Call call) {
        if (call.query().expansion("exceptionOccurrences").isPresent()) {
            throw GraphError.badRequest("'exceptionOccurrences' can be expanded for one event only.");
        }
        List<GraphEvent> events = FILTER.of(call.query(), calendar(call).events());
        return pages.page(
                call, new Pages.Scope(context(call), PAGE, MOST), events, each -> EventJson.of(each.whole(), call));
    }

    private Reply get(Call call) {
        return call.entity(200, context(call) + "/$entity", EventJson.alone(event(call), call));
    }

    private Reply instances(Call call) {
        Occurrence master = event(call);
        return page(call, within(call, List.of(master.event())));
    }

    private Reply view(Call call) {
        return page(call, within(call, calendar(call).events()));
    }

    private Reply page(Call call, List<Occurrence> some) {
        return pages.page(call, new Pages.Scope(context(call), PAGE, MOST), some, each -> EventJson.of(each, call));
    }

    /** What happens within the window, by its beginning. */
    private static List<Occurrence> within(Call call, List<GraphEvent> events) {
        LocalDateTime from = bound(call, "startDateTime");
        LocalDateTime to = bound(call, "endDateTime");
        List<Occurrence> some = new ArrayList<>();
        for (GraphEvent each : events) {
            if (each.recurrence().isEmpty()) {
                some.add(each.whole());
            } else {
                // An exception may have moved into the window from far away.
                LocalDate last = to.toLocalDate().plusDays(2);
                each.recurrence().get().until(last).forEach(day -> each.on(day).ifPresent(some::add));
                each.differing().stream()
                        .filter(moved -> moved.day().orElseThrow().isAfter(last))
                        .forEach(some::add);
            }
        }
        some.removeIf(each -> !each.start().isBefore(to)
                || !each.end().isAfter(from) && !each.start().equals(from));
        some.sort(Comparator.comparing(Occurrence::start));
        return some;
    }

    private static LocalDateTime bound(Call call, String name) {
        String text = call.query()
                .first(name)
                .orElseThrow(
                        () -> new GraphError(
                                400,
                                "ErrorInvalidParameter",
                                "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime."));
        return Clocks.local(text);
    }

    private Reply create(Call call) {
        GraphCalendar calendar = calendar(call);
        FolderWorkload.refuseIfFull(calendar.mailbox());
        Map<String, Object> body = written(call);
        Object transaction = body.get("transactionId");
        if (transaction != null && !calendar.mailbox().calendars().isFirst(transaction.toString())) {
            throw new GraphError(
                    409,
                    "ErrorDuplicateTransactionId",
                    "Your request can't be completed. You need to use a transactionId that you haven't used previously for this calendar event.");
        }
        List<GraphAttachment> attachments = Json.children(body, "attachments").stream()
                .map(AttachmentWorkload::read)
                .toList();
        body.remove("attachments");
        Map<String, String> extended = extended(body);
        GraphEvent event = calendar.mailbox().calendars().add(calendar, body, attachments);
        event.extendedValues().putAll(extended);
        noteIfItSends(call, event);
        return call.entity(201, context(call) + "/$entity", EventJson.of(event.whole(), call.immutableIds()));
    }

    private Reply update(Call call) {
        Occurrence one = event(call);
        noteIfItSends(call, one.event());
        Map<String, Object> body = written(call);
        one.event().extendedValues().putAll(extended(body));
        Occurrence changed =
                one.day().isPresent() ? one.event().exception(one.day().get()) : one;
        changed.change(body);
        noteIfItSends(call, one.event());
        return call.entity(200, context(call) + "/$entity", EventJson.of(changed, call.immutableIds()));
    }

    private Reply delete(Call call) {
        Occurrence one = event(call);
        noteIfItSends(call, one.event());
        if (one.day().isPresent()) {
            one.event().cancelOccurrence(one.day().get());
        } else {
            one.event().delete();
        }
        return Reply.of(204);
    }

    private void noteIfItSends(Call call, GraphEvent event) {
        if (event.isMeeting()) {
            books.violated(GraphViolation.Kind.WOULD_SEND, call.request());
        }
    }

    private static Map<String, Object> written(Call call) {
        Map<String, Object> body = new LinkedHashMap<>(call.body());
        for (String name : body.keySet()) {
            if (READ_ONLY.contains(name)) {
                throw GraphError.property("The property '" + name + "' cannot be written.");
            }
        }
        return body;
    }

    /** Takes extended properties out of a body. */
    static Map<String, String> extended(Map<String, Object> body) {
        Map<String, String> values = new LinkedHashMap<>();
        Json.children(body, "singleValueExtendedProperties")
                .forEach(each -> values.put(Extended.normal(Json.text(each, "id")), Json.text(each, "value")));
        body.remove("singleValueExtendedProperties");
        return values;
    }
}
