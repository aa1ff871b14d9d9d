// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import java.util.Optional;

/**
 * What a restore writes into each item that it creates, in the very request that creates it, so that a rerun knows it again: a named extended property
 * ("Outlook extended properties overview").
 */
public final class RestoreMark {
    /** The property, by type, set and name. */
    public static final String ID = "String {6f1d3a52-70c4-4d0e-9a3b-5c1c6d0f4b7e} Name HoldfastRestore";

    /** What a list has to expand to show marks. */
    public static final String EXPAND = "singleValueExtendedProperties($filter=id eq '" + ID + "')";

    private static final String PROPERTIES = "singleValueExtendedProperties";

    private RestoreMark() {}

    /**
     * Marks an item that is about to be created.
     *
     * @param body the request's body
     * @param tag the mark
     */
    public static void put(ObjectNode body, String tag) {
        note(body, ID, tag);
    }

    /**
     * Writes an extended property beside the mark.
     *
     * @param body the request's body
     * @param id the property
     * @param value its value
     */
    public static void note(ObjectNode body, String id, String value) {
        body.withArray(PROPERTIES).addObject().put("id", id).put("value", value);
    }

    /**
     * The mark of an item of a list that expanded marks.
     *
     * @param item the item
     * @return empty if no restore created it
     */
    public static Optional<String> of(JsonNode item) {
        for (JsonNode each : item.path(PROPERTIES)) {
            if (each.path("id").asText("").equalsIgnoreCase(ID)) {
                return Json.text(each, "value");
            }
        }
        return Optional.empty();
    }

    /**
     * The filter that finds what has a mark.
     *
     * @param tag the mark
     * @return a filter
     */
    public static String filter(String tag) {
        return PROPERTIES + "/any(ep: ep/id eq '" + ID + "' and ep/value eq '" + tag + "')";
    }
}
