// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.ChangeKeys;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.source.SourceItem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calendars and events as items. What stands in an item is what the lean list of a calendar gives, so that a whole event makes the same item. */
final class EventItems {
    static final ItemKind CALENDAR = ItemKind.container("calendar");
    static final ItemKind EVENT = ItemKind.leaf("event");

    private static final List<String> METADATA = List.of(
            "subject",
            "type",
            "start",
            "end",
            "isAllDay",
            "isCancelled",
            "iCalUId",
            "categories",
            "hasAttachments",
            "createdDateTime",
            ChangeKeys.MODIFIED);
    /** The properties of the lean list. */
    static final String SELECT = "id," + ChangeKeys.PROPERTY + "," + String.join(",", METADATA);
    /** What services change without anybody changing the calendar. */
    private static final Set<String> VOLATILE = Set.of(
            ChangeKeys.PROPERTY,
            "canEdit",
            "canShare",
            "canViewPrivateItems",
            "allowedOnlineMeetingProviders",
            "isTallyingResponses");

    private EventItems() {}

    /** An event, whole or lean. */
    static SourceItem event(ObjectNode event, ItemKey calendar) {
        return new SourceItem(
                new ItemKey(id(event)),
                EVENT,
                List.of(calendar),
                Json.text(event, "subject").orElse(""),
                ChangeKeys.tags(event),
                Json.time(event, ChangeKeys.MODIFIED),
                -1,
                ChangeKeys.metadata(event, METADATA),
                List.of());
    }

    /** A calendar. */
    static SourceItem calendar(ObjectNode calendar) {
        ObjectNode metadata = calendar.deepCopy();
        metadata.remove(VOLATILE);
        metadata.remove("@odata.etag");
        metadata.remove("@odata.id");
        return new SourceItem(
                new ItemKey(id(calendar)),
                CALENDAR,
                List.of(),
                Json.text(calendar, "name").orElse(""),
                SourceItem.Tags.none(),
                Optional.empty(),
                -1,
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, Json.bytes(metadata)),
                List.of());
    }

    /** The calendar that an event is in: each calendar is a feed of its own. */
    static ItemKey calendarOf(ItemRef event) {
        return new ItemKey(event.feed().value());
    }

    static String id(JsonNode entity) {
        return Json.text(entity, "id").orElseThrow(() -> new IllegalArgumentException("an entity without an id"));
    }
}
