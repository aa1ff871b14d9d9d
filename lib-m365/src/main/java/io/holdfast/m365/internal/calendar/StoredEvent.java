// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored: what the service sent of it, what it sent of the occurrences of a series that differ or are cancelled, and the attachments.
 */
record StoredEvent(JsonNode event, List<JsonNode> exceptions, List<String> cancelled, List<Attached> attachments) {
    /** The event, as the service sent it. */
    static final String EVENT = "event";
    /** Of the first event of a series: its exceptions and the ids of cancelled occurrences, as the service sent them. */
    static final String SERIES = "series";
    /** What there is of attachments, without their bytes: an array; each names the event that it belongs to. */
    static final String ATTACHMENTS = "attachments";
    /** Before the place of an attachment in that array: its bytes. */
    static final String ATTACHMENT = "attachment/";
    /** In the array: the id of the event that an attachment belongs to. */
    static final String OWNER = "eventId";

    /**
     * An attachment.
     *
     * @param of the id of the event that it belongs to: the series, or one of its exceptions
     * @param about its name, type and the like
     * @param part its bytes, if they could be had
     */
    record Attached(String of, JsonNode about, @Nullable Part part) {
        /** Whether it is a file whose bytes are stored. */
        boolean isFile() {
            return part != null && about.path("@odata.type").asText("").endsWith("fileAttachment");
        }
    }

    String id() {
        return event.path("id").asText();
    }

    List<Attached> attachmentsOf(String owner) {
        return attachments.stream().filter(each -> each.of.equals(owner)).toList();
    }

    static StoredEvent of(RestoreItem item) throws IOException {
        Map<String, Part> parts = new HashMap<>();
        item.parts().forEach(part -> parts.put(part.name(), part));
        JsonNode series = read(parts.get(SERIES));
        List<JsonNode> exceptions = new ArrayList<>();
        series.path("exceptionOccurrences").forEach(exceptions::add);
        List<String> cancelled = new ArrayList<>();
        series.path("cancelledOccurrences").forEach(each -> cancelled.add(each.asText()));
        List<Attached> attachments = new ArrayList<>();
        int place = 0;
        for (JsonNode about : read(parts.get(ATTACHMENTS))) {
            attachments.add(new Attached(about.path(OWNER).asText(), about, parts.get(ATTACHMENT + place++)));
        }
        return new StoredEvent(read(parts.get(EVENT)), exceptions, cancelled, attachments);
    }

    /** The day of a cancelled occurrence, whose name is {@code OID.series.date}. */
    static Optional<LocalDate> dayOf(String occurrence) {
        try {
            return Optional.of(LocalDate.parse(occurrence.substring(occurrence.lastIndexOf('.') + 1)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static JsonNode read(@Nullable Part part) throws IOException {
        if (part == null) {
            return MissingNode.getInstance();
        }
        try (InputStream in = part.open(0)) {
            return Json.read(in.readAllBytes());
        }
    }
}
