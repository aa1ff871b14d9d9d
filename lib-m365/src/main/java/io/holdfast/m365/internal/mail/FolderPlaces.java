// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.RestoreMark;
import io.holdfast.model.ItemKey;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the folders of a backup stand in the mailbox that takes them back: those that are there are used, the others are created. Nothing is renamed or
 * moved.
 */
final class FolderPlaces {
    private final GraphClient graph;
    private final Mailbox mailbox;
    private final RestoreSettings settings;
    private final WellKnown wellKnown;
    private final Map<ItemKey, Place> byKey = new HashMap<>();
    private final Map<String, Map<String, Place>> children = new HashMap<>();
    private @Nullable Place root;
    private @Nullable Optional<String> recoverable;

    FolderPlaces(GraphClient graph, Mailbox mailbox, RestoreSettings settings) {
        this.graph = graph;
        this.mailbox = mailbox;
        this.settings = settings;
        this.wellKnown = new WellKnown(graph, mailbox);
    }

    /** A folder of the target, and what it holds. */
    static final class Place {
        private final String id;
        private final boolean isNew;
        private @Nullable FolderContent content;

        private Place(String id, boolean isNew) {
            this.id = id;
            this.isNew = isNew;
        }

        String id() {
            return id;
        }

        /** What was there before; of a folder that this run created that is nothing. */
        synchronized FolderContent content(GraphClient graph, Mailbox mailbox) {
            if (content == null) {
                content = isNew ? FolderContent.empty(id) : FolderContent.read(graph, mailbox, id);
            }
            return content;
        }
    }

    /** Puts a folder in its place. */
    synchronized Placement put(RestoreItem item, boolean sameMailbox) {
        Optional<Place> there = settings.intoFolder().isPresent() ? Optional.empty() : standing(item, sameMailbox);
        if (there.isPresent()) {
            byKey.put(item.item().key(), there.get());
            return Placement.ALREADY_THERE;
        }
        Place parent = parent(item);
        ObjectNode metadata = MailboxTarget.metadata(item);
        Place place =
                child(parent, item.item().name(), metadata.path("isHidden").asBoolean(false), item.tag());
        byKey.put(item.item().key(), place);
        return place.isNew ? Placement.RESTORED : Placement.ALREADY_THERE;
    }

    /** The folder itself where it came from, or the one of every mailbox that has its part. */
    private Optional<Place> standing(RestoreItem item, boolean sameMailbox) {
        Optional<String> name = Json.text(MailboxTarget.metadata(item), Properties.WELL_KNOWN);
        Optional<String> id = name.flatMap(wellKnown::id);
        if (id.isEmpty() && sameMailbox) {
            id = graph.find(mailbox.get(
                            "mail.folder.get",
                            mailbox.path("/mailFolders/{}", item.item().key().value())
                                    .with("$select", "id")))
                    .flatMap(found -> Json.text(found, "id"));
        }
        return id.map(each -> new Place(each, false));
    }

    /** The place of the folder that an item was in. */
    synchronized Place of(RestoreItem item) {
        return parent(item);
    }

    private Place parent(RestoreItem item) {
        List<ItemKey> containers = item.item().containers();
        if (!containers.isEmpty() && byKey.containsKey(containers.get(0))) {
            return byKey.get(containers.get(0));
        }
        // Its folder is not part of this restore: what it was called is known.
        Place place = root();
        for (String name : item.path()) {
            place = child(place, name, false, item.tag());
        }
        return place;
    }

    private Place root() {
        if (root == null) {
            Place top = new Place(WellKnown.ROOT, false);
            for (String name : settings.intoFolder().orElse("").split("/", -1)) {
                if (!name.isBlank()) {
                    top = child(top, name, false, settings.restoreId());
                }
            }
            root = top;
        }
        return root;
    }

    private Place child(Place parent, String name, boolean hidden, String tag) {
        Map<String, Place> known = children.computeIfAbsent(parent.id, id -> list(parent));
        String key = name.toLowerCase(Locale.ROOT);
        Place there = known.get(key);
        if (there != null) {
            return there;
        }
        Place made = create(parent, name, hidden, tag);
        known.put(key, made);
        return made;
    }

    private Map<String, Place> list(Place parent) {
        Map<String, Place> found = new HashMap<>();
        if (parent.isNew) {
            return found;
        }
        GraphCall first = mailbox.get(
                "mail.folders.children",
                mailbox.path("/mailFolders/{}/childFolders", parent.id)
                        .with("includeHiddenFolders", "true")
                        .with("$select", "id,displayName")
                        .with("$top", "250"));
        graph.each(
                first,
                each -> found.put(
                        each.path("displayName").asText("").toLowerCase(Locale.ROOT),
                        new Place(each.path("id").asText(), false)));
        return found;
    }

    private Place create(Place parent, String name, boolean hidden, String tag) {
        ObjectNode folder = Json.object().put("displayName", name).put("isHidden", hidden);
        RestoreMark.put(folder, tag);
        try {
            ObjectNode made = graph.object(
                    mailbox.write("POST", "mail.folder.create", mailbox.path("/mailFolders/{}/childFolders", parent.id))
                            .json(folder));
            return new Place(made.path("id").asText(), true);
        } catch (FailureException e) {
            if (e.failure().category() == FailureCategory.CONFLICT) {
                // Somebody was faster, or an earlier attempt of ours was.
                Place there = list(new Place(parent.id, false)).get(name.toLowerCase(Locale.ROOT));
                if (there != null) {
                    return there;
                }
            }
            throw e;
        }
    }

    /** Whether a folder is where items go that were deleted for good. */
    synchronized boolean isOutOfSight(String folder) {
        if (recoverable == null) {
            recoverable = wellKnown.id(WellKnown.RECOVERABLE);
        }
        return recoverable.filter(folder::equals).isPresent();
    }
}
