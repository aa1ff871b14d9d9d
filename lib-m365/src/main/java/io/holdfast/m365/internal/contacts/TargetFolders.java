// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemKey;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreTarget.Placement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The contact folders of a mailbox that takes contacts back. The folder that was the default one becomes the default one again, or the one that the restore
 * names; those that were in it are found in it by name, and made where they are missing.
 */
final class TargetFolders {
    private final GraphClient graph;
    private final ContactCalls calls;
    private final Optional<String> into;
    private final Map<ItemKey, String> bySource = new HashMap<>();
    private final Map<String, ObjectNode> byId = new HashMap<>();
    private String root = "";

    TargetFolders(GraphClient graph, ContactCalls calls, Optional<String> into) {
        this.graph = graph;
        this.calls = calls;
        this.into = into;
    }

    /** Finds or makes the folder for what was in a folder; its parents were put before. */
    synchronized Placement put(RestoreItem folder) {
        String top = root();
        Optional<ItemKey> parent = folder.item().containers().stream().findFirst();
        String below = parent.map(key -> bySource.getOrDefault(key, top)).orElse(top);
        if (parent.isEmpty()) {
            bySource.put(folder.item().key(), top);
            return Placement.ALREADY_THERE;
        }
        Optional<String> there = child(below, folder.item().name());
        bySource.put(
                folder.item().key(),
                there.orElseGet(() -> create(below, folder.item().name())));
        return there.isPresent() ? Placement.ALREADY_THERE : Placement.RESTORED;
    }

    synchronized String idFor(ItemKey source) {
        String top = root();
        return bySource.getOrDefault(source, top);
    }

    private String root() {
        if (root.isEmpty()) {
            Map<String, ObjectNode> folders = ContactFeeds.list(graph, calls);
            byId.putAll(folders);
            String first = folders.keySet().iterator().next();
            root = into.map(name -> child(first, name).orElseGet(() -> create(first, name)))
                    .orElse(first);
        }
        return root;
    }

    private Optional<String> child(String parent, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return byId.values().stream()
                .filter(each ->
                        Json.text(each, "parentFolderId").filter(parent::equals).isPresent()
                                && Json.text(each, "displayName")
                                        .orElse("")
                                        .toLowerCase(Locale.ROOT)
                                        .equals(wanted))
                .map(ContactItems::id)
                .findFirst();
    }

    private String create(String parent, String name) {
        ObjectNode made =
                graph.object(calls.createFolder(parent).json(Json.object().put("displayName", name)));
        byId.put(ContactItems.id(made), made);
        return ContactItems.id(made);
    }
}
