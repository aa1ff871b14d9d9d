// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemKey;
import io.holdfast.source.SourceItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a mailbox as they were listed. Immutable.
 *
 * <p>The whole tree comes flat from one listing, which cannot be asked for hidden folders. Those are listed for themselves at the top, and wherever a folder
 * counts more folders than were seen. Search folders hold nothing of their own.
 */
final class FolderTree {
    private static final String HIDDEN_TOO = "includeHiddenFolders";
    private static final List<String> COUNTERS =
            List.of("totalItemCount", "unreadItemCount", "childFolderCount", "sizeInBytes");

    private final Map<String, ObjectNode> folders;

    private FolderTree(Map<String, ObjectNode> folders) {
        this.folders = folders;
    }

    static FolderTree read(GraphClient graph, Mailbox mailbox) {
        return new Reading(graph, mailbox).finish();
    }

    /**
     * The reading of a tree, which takes a handful of requests. One that fails is asked for again by whoever calls {@link #finish} again; what came before
     * it is kept. Safe for use by several threads, one after the other.
     */
    static final class Reading {
        private final GraphClient graph;
        private final Mailbox mailbox;
        private final Map<String, ObjectNode> found = new LinkedHashMap<>();
        private final Set<String> read = new HashSet<>();
        private @Nullable GraphCall next;

        Reading(GraphClient graph, Mailbox mailbox) {
            this.graph = graph;
            this.mailbox = mailbox;
        }

        synchronized FolderTree finish() {
            gather("the tree", whole(mailbox));
            gather("the top", hidden(mailbox, mailbox.path("/mailFolders")));
            Set<String> listed = new HashSet<>();
            for (String parent = incomplete(found, listed); parent != null; parent = incomplete(found, listed)) {
                listed.add(parent);
                gather(parent, hidden(mailbox, mailbox.path("/mailFolders/{}/childFolders", parent)));
            }
            Map<String, ObjectNode> folders = new LinkedHashMap<>(found);
            folders.values().removeIf(FolderTree::isSearch);
            return new FolderTree(folders);
        }

        private void gather(String what, GraphCall first) {
            if (read.contains(what)) {
                return;
            }
            next = next == null ? first : next;
            while (next != null) {
                try (GraphPage page = graph.page(next)) {
                    for (ObjectNode folder = page.next(); folder != null; folder = page.next()) {
                        if (!folder.has("@removed")) {
                            // The same folder may come twice, and the last one holds.
                            found.put(folder.path("id").asText(), folder);
                        }
                    }
                    next = page.next(next).orElse(null);
                }
            }
            read.add(what);
        }
    }

    static GraphCall whole(Mailbox mailbox) {
        return mailbox.get("mail.folders.list", "/mailFolders/delta").preferring("odata.maxpagesize=500");
    }

    static GraphCall hidden(Mailbox mailbox, GraphPath folders) {
        return mailbox.get(
                "mail.folders.hidden", folders.with(HIDDEN_TOO, "true").with("$top", "250"));
    }

    /** A folder that counts more folders than were found in it: some of them are hidden, or below one that is. */
    private static @Nullable String incomplete(Map<String, ObjectNode> found, Set<String> listed) {
        Map<String, Integer> known = new HashMap<>();
        found.values().forEach(each -> known.merge(each.path("parentFolderId").asText(""), 1, Integer::sum));
        for (Map.Entry<String, ObjectNode> each : found.entrySet()) {
            int counted = each.getValue().path("childFolderCount").asInt(0);
            if (counted > known.getOrDefault(each.getKey(), 0) && !listed.contains(each.getKey())) {
                return each.getKey();
            }
        }
        return null;
    }

    private static boolean isSearch(ObjectNode folder) {
        return folder.path("@odata.type").asText("").endsWith("mailSearchFolder");
    }

    boolean contains(String id) {
        return folders.containsKey(id);
    }

    /** Whether the service counted nothing in a folder when the tree was read. */
    boolean isEmpty(String id) {
        ObjectNode folder = folders.get(id);
        return folder != null && folder.path("totalItemCount").asInt(-1) == 0;
    }

    List<String> ids() {
        return List.copyOf(folders.keySet());
    }

    /** The folders as items, each after the one that holds it. */
    List<SourceItem> items(Map<String, String> wellKnown) {
        List<SourceItem> items = new ArrayList<>(folders.size());
        folders.values()
                .forEach(folder ->
                        items.add(item(folder, wellKnown.get(folder.path("id").asText()))));
        return items;
    }

    /** A folder as an item; the root of the mailbox is none, so that what it holds is held by nothing. */
    private SourceItem item(ObjectNode folder, @Nullable String wellKnown) {
        String parent = folder.path("parentFolderId").asText("");
        return item(folder, folders.containsKey(parent) ? List.of(new ItemKey(parent)) : List.of(), wellKnown);
    }

    static SourceItem item(ObjectNode folder, List<ItemKey> containers, @Nullable String wellKnown) {
        ObjectNode kept = folder.deepCopy();
        kept.remove(COUNTERS);
        Properties.withoutAnnotations(kept);
        String tag = Properties.hash(kept.toString());
        if (wellKnown != null) {
            // Names are localized, and Graph does not tell in a folder which one it is.
            kept.put(Properties.WELL_KNOWN, wellKnown);
        }
        byte[] metadata = Json.bytes(kept);
        return new SourceItem(
                new ItemKey(folder.path("id").asText()),
                MailKinds.FOLDER,
                containers,
                Json.text(folder, "displayName").orElse(""),
                SourceItem.Tags.of("-", tag),
                Optional.empty(),
                -1,
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, metadata),
                List.of());
    }
}
