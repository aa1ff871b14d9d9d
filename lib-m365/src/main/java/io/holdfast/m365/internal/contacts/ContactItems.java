// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.ChangeKeys;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.source.SourceItem;
import java.util.List;
import java.util.Optional;

/** Folders and contacts as items. What stands in a contact's item is what its folder's lean feed gives, so that a whole contact makes the same item. */
final class ContactItems {
    static final ItemKind FOLDER = ItemKind.container("contact-folder");
    static final ItemKind CONTACT = ItemKind.leaf("contact");

    private static final List<String> METADATA = List.of(
            "displayName",
            "givenName",
            "surname",
            "companyName",
            "emailAddresses",
            "categories",
            "parentFolderId",
            "createdDateTime",
            ChangeKeys.MODIFIED);
    /** The properties of the lean feed. */
    static final String SELECT = "id," + ChangeKeys.PROPERTY + "," + String.join(",", METADATA);

    private ContactItems() {}

    /** A contact, whole or lean. */
    static SourceItem contact(ObjectNode contact, ItemKey folder) {
        return new SourceItem(
                new ItemKey(id(contact)),
                CONTACT,
                List.of(folder),
                Json.text(contact, "displayName").orElse(""),
                ChangeKeys.tags(contact),
                Json.time(contact, ChangeKeys.MODIFIED),
                -1,
                ChangeKeys.metadata(contact, METADATA),
                List.of());
    }

    /** A folder; the default one is the root of the others. */
    static SourceItem folder(ObjectNode folder, Optional<ItemKey> parent) {
        ObjectNode metadata = Json.object();
        folder.properties().forEach(each -> {
            if (!each.getKey().startsWith("@odata.")) {
                metadata.set(each.getKey(), each.getValue());
            }
        });
        return new SourceItem(
                new ItemKey(id(folder)),
                FOLDER,
                parent.map(List::of).orElse(List.of()),
                Json.text(folder, "displayName").orElse(""),
                SourceItem.Tags.none(),
                Optional.empty(),
                -1,
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, Json.bytes(metadata)),
                List.of());
    }

    static String id(JsonNode entity) {
        return Json.text(entity, "id").orElseThrow(() -> new IllegalArgumentException("an entity without an id"));
    }
}
