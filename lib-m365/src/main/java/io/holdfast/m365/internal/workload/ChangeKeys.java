// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.source.SourceItem;
import java.util.List;
import java.util.Optional;

/**
 * What items of Exchange are recognised by, if whatever changes is content: the change key. The state tag says when the item was modified, too, so that
 * items that stand next to one another can be asked for together ({@link NeighbourFetch}).
 */
public final class ChangeKeys {
    /** The property that changes with an item. */
    public static final String PROPERTY = "changeKey";
    /** The property that says when it did. */
    public static final String MODIFIED = "lastModifiedDateTime";

    private ChangeKeys() {}

    /**
     * The tags of an item.
     *
     * @param item as Exchange sends it
     * @return absent ones if it has no change key
     */
    public static SourceItem.Tags tags(ObjectNode item) {
        Optional<String> changeKey = Json.text(item, PROPERTY);
        String modified = Json.text(item, MODIFIED).orElse("");
        return new SourceItem.Tags(changeKey, changeKey.map(key -> key + " " + modified));
    }

    /**
     * When an item was modified, in Exchange's own words.
     *
     * @param stateTag its state tag
     * @return empty if that is not known
     */
    public static Optional<String> modified(Optional<String> stateTag) {
        return stateTag.filter(tag -> tag.indexOf(' ') > 0)
                .map(tag -> tag.substring(tag.indexOf(' ') + 1))
                .filter(time -> !time.isEmpty());
    }

    /**
     * The metadata of an item: what its lean list gives, so that the whole item has the same.
     *
     * @param item lean or whole
     * @param fields the properties of the lean list but id and change key
     * @return JSON
     */
    public static SourceItem.Metadata metadata(ObjectNode item, List<String> fields) {
        ObjectNode metadata = Json.object();
        for (String field : fields) {
            JsonNode value = item.get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        return new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, Json.bytes(metadata));
    }
}
