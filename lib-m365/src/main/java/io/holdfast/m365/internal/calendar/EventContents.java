// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.Parts;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what belongs to an event and does not come with it. */
final class EventContents {
    private static final String EXCEPTIONS = "exceptionOccurrences";

    private final GraphClient graph;
    private final CalendarCalls calls;

    EventContents(GraphClient graph, CalendarCalls calls) {
        this.graph = graph;
        this.calls = calls;
    }

    /** All parts of an event, those that come with it included. */
    List<Part> parts(ObjectNode event) {
        List<Part> parts = new ArrayList<>();
        parts.add(Parts.json(StoredEvent.EVENT, Json.bytes(event)));
        List<JsonNode> withAttachments = new ArrayList<>();
        withAttachments.add(event);
        if (Json.text(event, "type").filter("seriesMaster"::equals).isPresent()) {
            addSeries(EventItems.id(event), parts, withAttachments);
        }
        withAttachments.removeIf(each -> !mayHaveAttachments(each));
        if (!withAttachments.isEmpty()) {
            addAttachments(withAttachments, parts);
        }
        return parts;
    }

    private void addSeries(String master, List<Part> parts, List<JsonNode> withAttachments) {
        try {
            ObjectNode series = series(master);
            parts.add(Parts.json(StoredEvent.SERIES, Json.bytes(series)));
            series.path(EXCEPTIONS).forEach(withAttachments::add);
        } catch (FailureException e) {
            if (e.failure().asksToWait()) {
                throw e;
            }
            // The part is tried again for itself; whatever it lacks, the event is there.
            parts.add(Parts.lazy(
                    StoredEvent.SERIES, Part.Form.JSON, () -> new ByteArrayInputStream(Json.bytes(series(master)))));
        }
    }

    /** Exceptions and cancelled occurrences; both are nothing for a series as its rule says. */
    ObjectNode series(String master) {
        ObjectNode series = graph.object(calls.series(master));
        ArrayNode exceptions = series.withArray(EXCEPTIONS);
        JsonNode more = series.remove(EXCEPTIONS + "@odata.nextLink");
        if (more != null) {
            graph.each(calls.series(master).to(more.asText()), exceptions::add);
        }
        return series;
    }

    /** Attachments that are shown in the body are not counted among those that an event has. */
    private static boolean mayHaveAttachments(JsonNode event) {
        return event.path("hasAttachments").asBoolean()
                || event.path("body")
                        .path("content")
                        .asText("")
                        .toLowerCase(Locale.ROOT)
                        .contains("cid:");
    }

    private void addAttachments(List<JsonNode> owners, List<Part> parts) {
        ArrayNode all = Json.mapper().createArrayNode();
        List<Part> contents = new ArrayList<>();
        try {
            for (JsonNode owner : owners) {
                addAttachments(EventItems.id(owner), all, contents);
            }
        } catch (FailureException e) {
            if (e.failure().asksToWait()) {
                throw e;
            }
            parts.add(Parts.lazy(StoredEvent.ATTACHMENTS, Part.Form.JSON, () -> {
                throw e;
            }));
            return;
        }
        if (!all.isEmpty()) {
            parts.add(Parts.json(StoredEvent.ATTACHMENTS, Json.bytes(all)));
            parts.addAll(contents);
        }
    }

    private void addAttachments(String event, ArrayNode all, List<Part> contents) {
        graph.each(calls.attachments(event), each -> {
            String type = Json.text(each, "@odata.type").orElse("");
            if (!type.endsWith("referenceAttachment")) {
                GraphCall content = calls.attachment(event, EventItems.id(each));
                Parts.Opener opener = () -> graph.content(content).body();
                String name = StoredEvent.ATTACHMENT + all.size();
                contents.add(
                        type.endsWith("fileAttachment")
                                ? Parts.attached(name, each.path("size").asLong(-1), opener)
                                : Parts.lazy(name, Part.Form.FILE, opener));
            }
            all.add(about(each, event));
        });
    }

    /** What is known of an attachment, without what changes from reading to reading. */
    private static ObjectNode about(ObjectNode attachment, String event) {
        ObjectNode about = attachment.deepCopy();
        about.remove(List.of("id", "lastModifiedDateTime", "@odata.mediaContentType", "@odata.id", "@odata.etag"));
        return about.put(StoredEvent.OWNER, event);
    }
}
