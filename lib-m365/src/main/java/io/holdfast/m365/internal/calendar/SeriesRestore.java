// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.source.ResumeHints;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Makes a restored series differ from its rule where the stored one does. What differs already is left, so that a rerun goes on. */
final class SeriesRestore {
    /** Wide enough for whole days in any zone, narrow enough to hold few occurrences. */
    private static final Duration AROUND = Duration.ofHours(26);

    private final GraphClient graph;
    private final CalendarCalls calls;
    private final EventDraft drafts;
    private final ResumeHints hints;
    private final EventContents contents;

    SeriesRestore(GraphClient graph, CalendarCalls calls, EventDraft drafts, ResumeHints hints) {
        this.graph = graph;
        this.calls = calls;
        this.drafts = drafts;
        this.hints = hints;
        this.contents = new EventContents(graph, calls);
    }

    /**
     * Completes a series.
     *
     * @param series the id of the restored series
     * @param stored the stored one
     * @param fresh whether it is as its rule says
     * @return how many attachments could not be attached
     */
    int complete(String series, StoredEvent stored, boolean fresh) {
        Set<Instant> done = new HashSet<>();
        Set<LocalDate> cancelled = new HashSet<>();
        if (!fresh) {
            ObjectNode now = contents.series(series);
            now.path("exceptionOccurrences")
                    .forEach(each -> Json.time(each, "originalStart").ifPresent(done::add));
            now.path("cancelledOccurrences")
                    .forEach(each -> StoredEvent.dayOf(each.asText()).ifPresent(cancelled::add));
        }
        int left = 0;
        for (JsonNode exception : stored.exceptions()) {
            Optional<Instant> original = Json.time(exception, "originalStart");
            if (original.isPresent() && !done.contains(original.get())) {
                left += except(series, stored, exception, original.get());
            }
        }
        for (String occurrence : stored.cancelled()) {
            StoredEvent.dayOf(occurrence)
                    .filter(day -> !cancelled.contains(day))
                    .ifPresent(day -> cancel(series, day, stored));
        }
        return left;
    }

    private int except(String series, StoredEvent stored, JsonNode exception, Instant original) {
        Optional<String> occurrence = occurrence(series, original);
        if (occurrence.isEmpty()) {
            return 0;
        }
        graph.object(calls.update(occurrence.get()).json(drafts.difference(exception, stored.event())));
        return new AttachmentRestore(graph, calls, hints)
                .complete(occurrence.get(), stored.attachmentsOf(EventItems.id(exception)), false);
    }

    private void cancel(String series, LocalDate day, StoredEvent stored) {
        drafts.times()
                .onDay(stored.event(), day)
                .flatMap(start -> occurrence(series, start))
                .ifPresent(id -> graph.send(calls.delete(id)).close());
    }

    /** The occurrence that begins at a moment; what has been cancelled already is none. */
    private Optional<String> occurrence(String series, Instant start) {
        String from = start.minus(AROUND).toString();
        String to = start.plus(AROUND).toString();
        return graph.first(
                        calls.instances(series, from, to),
                        each -> begins(each).filter(start::equals).isPresent())
                .map(EventItems::id);
    }

    private static Optional<Instant> begins(JsonNode occurrence) {
        return Json.time(occurrence, "originalStart")
                .or(() -> Json.text(occurrence.path("start"), "dateTime")
                        .map(text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)));
    }
}
