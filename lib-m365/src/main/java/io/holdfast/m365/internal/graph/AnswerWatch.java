// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.drift.DriftWatch;
import io.holdfast.drift.FieldType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the drift watch which fields, types and values of enumerations stand in Graph's answers. Safe for use by several threads.
 *
 * <p>Nearly all of an answer was seen before: each operation has a tree of places that remembers it, and a walk through that makes no text and asks nobody.
 */
final class AnswerWatch {
    /** Fields of Graph v1.0 whose type is an enumeration, by the end of their path; what people write into others is nobody's business. */
    private static final Set<String> ENUMERATIONS = Set.of(
            "@odata.type",
            "importance",
            "inferenceClassification",
            "flag.flagStatus",
            "body.contentType",
            "showAs",
            "sensitivity",
            "onlineMeetingProvider",
            "responseStatus.response",
            "status.response",
            "attendees[].type",
            "pattern.type",
            "pattern.index",
            "pattern.firstDayOfWeek",
            "range.type",
            "driveType",
            "package.type",
            "shared.scope",
            "link.type",
            "link.scope",
            "automaticRepliesSetting.status",
            "automaticRepliesSetting.externalAudience",
            "delegateMeetingMessageDeliveryOptions",
            "actions.markImportance");

    /** Objects whose fields tenants name, and names of properties that they add to others: told as one place. */
    private static final Set<String> OPEN = Set.of("fields", "extensions[]", "customSecurityAttributes");

    private static final Pattern ADDED = Pattern.compile("ext[a-z0-9]*_.*", Pattern.CASE_INSENSITIVE);

    private static final int MOST_PLACES = 20_000;
    private static final int MOST_VALUES = 100;
    private static final int NULL = 1 << FieldType.values().length;

    private final DriftWatch drift;
    private final Map<String, Place> operations = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();

    AnswerWatch(DriftWatch drift) {
        this.drift = drift;
    }

    /** An object, such as an element of a collection. */
    void see(String operation, JsonNode answer) {
        fields(operation, operations.computeIfAbsent(operation, name -> new Place(null, "")), answer);
    }

    private void fields(String operation, Place at, JsonNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Place place = at.places.get(field.getKey());
            if (place == null) {
                boolean chosen = at.open || ADDED.matcher(field.getKey()).matches();
                place = chosen ? elementOf(at) : added(at, field.getKey());
            }
            if (place != null) {
                value(operation, place, field.getValue());
            }
        }
    }

    private @Nullable Place elementOf(Place place) {
        Place elements = place.places.get(Place.ELEMENTS);
        return elements == null ? added(place, Place.ELEMENTS) : elements;
    }

    /** Too many places are no schema any more: names that people chose stand among them. */
    private @Nullable Place added(Place parent, String name) {
        if (places.get() >= MOST_PLACES) {
            return null;
        }
        places.incrementAndGet();
        return parent.places.computeIfAbsent(name, own -> new Place(parent, own));
    }

    private void value(String operation, Place place, JsonNode value) {
        Optional<FieldType> type = typeOf(value);
        int bit = type.map(each -> 1 << each.ordinal()).orElse(NULL);
        if ((place.types & bit) == 0) {
            synchronized (place) {
                place.types |= bit;
            }
            drift.field(operation, place.path(), type);
        }
        if (value.isObject()) {
            fields(operation, place, value);
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                Place elements = elementOf(place);
                if (elements != null) {
                    value(operation, elements, element);
                }
            }
        } else if (place.enumerated && value.isTextual()) {
            enumerated(operation, place, value.textValue());
        }
    }

    private void enumerated(String operation, Place place, String value) {
        if (!place.values.contains(value) && place.values.size() < MOST_VALUES && place.values.add(value)) {
            drift.value(operation, place.path(), value);
        }
    }

    private static Optional<FieldType> typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING, BINARY -> Optional.of(FieldType.STRING);
            case NUMBER -> Optional.of(FieldType.NUMBER);
            case BOOLEAN -> Optional.of(FieldType.BOOLEAN);
            case OBJECT, POJO -> Optional.of(FieldType.OBJECT);
            case ARRAY -> Optional.of(FieldType.ARRAY);
            case NULL, MISSING -> Optional.empty();
        };
    }

    /** A place in the answers of an operation, and what was seen there. */
    private static final class Place {
        static final String ELEMENTS = "[]";

        private final @Nullable Place parent;
        private final String name;
        private final boolean enumerated;
        private final boolean open;
        private final Map<String, Place> places = new ConcurrentHashMap<>(4);
        private final Set<String> values = ConcurrentHashMap.newKeySet(1);
        private volatile int types;

        Place(@Nullable Place parent, String name) {
            this.parent = parent;
            this.name = name;
            String path = path();
            this.open = OPEN.stream().anyMatch(each -> path.equals(each) || path.endsWith("." + each));
            this.enumerated = ENUMERATIONS.stream().anyMatch(each -> path.equals(each) || path.endsWith("." + each));
        }

        String path() {
            String before = parent == null ? "" : parent.path();
            return before.isEmpty() || name.equals(ELEMENTS) ? before + name : before + "." + name;
        }
    }
}
