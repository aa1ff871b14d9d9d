// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.TargetIndex;
import io.holdfast.model.ItemKey;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes events back, into the calendar of the same name or into the one that the restore names. Nobody is invited, and an event that others take part in is
 * never written over: its organizer's change would be sent to them.
 */
final class CalendarTarget implements RestoreTarget {
    private final GraphClient graph;
    private final RestoreSettings settings;
    private final EventDraft drafts;
    private final Map<String, TargetCalendars> users = new ConcurrentHashMap<>();
    private final Map<String, TargetIndex> indexes = new ConcurrentHashMap<>();
    private final AtomicLong meetings = new AtomicLong();
    private final AtomicLong attachments = new AtomicLong();

    CalendarTarget(GraphClient graph, RestoreSettings settings, EventTimes times) {
        this.graph = graph;
        this.settings = settings;
        this.drafts = new EventDraft(times);
    }

    @Override
    public String describe() {
        return "calendars"
                + settings.intoFolder().map(name -> ", calendar " + name).orElse("");
    }

    @Override
    public Placement put(RestoreItem item) {
        String user = settings.toOwner()
                .orElseGet(() -> item.resource()
                        .value()
                        .substring(item.resource().value().indexOf(':') + 1));
        TargetCalendars calendars = users.computeIfAbsent(
                user, id -> new TargetCalendars(graph, new CalendarCalls(id), settings.intoFolder()));
        if (item.item().kind().container()) {
            return calendars.put(item);
        }
        ItemKey source = item.item().containers().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an event in no calendar"));
        String calendar = calendars.idFor(source, item.path());
        return new Put(new CalendarCalls(user), calendar, item).run();
    }

    @Override
    public void finish() {
        // Each event is complete when it was put.
    }

    @Override
    public List<String> remarks() {
        Optional<String> people = Optional.of(meetings.get())
                .filter(number -> number > 0)
                .map(number -> number
                        + " events had attendees: nobody was invited; who they were stands in the events' property "
                        + EventDraft.PEOPLE);
        Optional<String> others = Optional.of(attachments.get())
                .filter(number -> number > 0)
                .map(number ->
                        number + " attachments of events are links or other items, which cannot be written: left out");
        return java.util.stream.Stream.of(people, others)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** One event on its way. */
    private final class Put {
        private final CalendarCalls calls;
        private final String calendar;
        private final RestoreItem item;
        private final StoredEvent stored;
        private final TargetIndex index;

        Put(CalendarCalls calls, String calendar, RestoreItem item) {
            this.calls = calls;
            this.calendar = calendar;
            this.item = item;
            this.stored = read(item);
            this.index = indexes.computeIfAbsent(
                    calendar, id -> TargetIndex.read(graph, calls.standing(id), event -> Json.text(event, "iCalUId")));
        }

        Placement run() {
            JsonNode event = stored.event();
            Optional<String> created = index.created(item.tag()).or(this::createdUnknown);
            if (created.isPresent()) {
                complete(created.get(), false);
                return Placement.ALREADY_THERE;
            }
            Optional<String> standing = Json.text(event, "iCalUId").flatMap(index::standing);
            if (standing.isPresent() && settings.conflict() == RestoreSettings.Conflict.SKIP) {
                return Placement.SKIPPED;
            }
            if (standing.isPresent() && settings.conflict() == RestoreSettings.Conflict.REPLACE) {
                replace(standing.get());
                return Placement.RESTORED;
            }
            String id = create();
            index.add(item.tag(), id);
            if (EventDraft.isMeeting(event)) {
                meetings.incrementAndGet();
            }
            complete(id, true);
            return Placement.RESTORED;
        }

        /** What an earlier attempt may have created without hearing of it. */
        private Optional<String> createdUnknown() {
            return index.doubt(item.tag()) ? find() : Optional.empty();
        }

        private Optional<String> find() {
            return graph.first(calls.marked(calendar, item.tag()), any -> true).map(EventItems::id);
        }

        private String create() {
            ObjectNode draft = drafts.whole(stored.event(), item.tag()).put("transactionId", item.tag());
            try {
                return EventItems.id(graph.object(calls.create(calendar).json(draft)));
            } catch (FailureException e) {
                if (e.failure().category() != FailureCategory.CONFLICT) {
                    throw e;
                }
                // The service remembers the transaction: of an event that is there, or of one that somebody has deleted
                // since.
                return find().orElseGet(() -> {
                    draft.remove("transactionId");
                    return EventItems.id(graph.object(calls.create(calendar).json(draft)));
                });
            }
        }

        private void replace(String id) {
            JsonNode there = graph.object(calls.event(id));
            if (EventDraft.isMeeting(there)) {
                throw new TargetException(
                        ErrorCode.TARGET_REFUSED,
                        "event '" + item.item().name() + "' has attendees, to whom Exchange would send the change",
                        "Restore with --conflict keep-both, or into another calendar");
            }
            ObjectNode draft = drafts.whole(stored.event(), item.tag());
            graph.object(calls.update(id).json(draft));
            index.add(item.tag(), id);
            complete(id, false);
        }

        /** Adds what the creating request could not hold. */
        private void complete(String id, boolean fresh) {
            attachments.addAndGet(new AttachmentRestore(graph, calls, item.hints())
                    .complete(id, stored.attachmentsOf(stored.id()), fresh));
            if (!stored.exceptions().isEmpty() || !stored.cancelled().isEmpty()) {
                attachments.addAndGet(
                        new SeriesRestore(graph, calls, drafts, item.hints()).complete(id, stored, fresh));
            }
        }
    }

    private static StoredEvent read(RestoreItem item) {
        try {
            StoredEvent stored = StoredEvent.of(item);
            if (stored.event().isObject()) {
                return stored;
            }
        } catch (IOException e) {
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "unreadable"), "a stored event cannot be read", e);
        }
        throw new TargetException(
                ErrorCode.TARGET_REFUSED,
                "event '" + item.item().name() + "' is stored without its properties",
                "Restore it from another snapshot");
    }
}
