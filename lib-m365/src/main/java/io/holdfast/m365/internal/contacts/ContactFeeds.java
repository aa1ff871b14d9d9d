// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.DeltaPage;
import io.holdfast.m365.internal.workload.GatheredPage;
import io.holdfast.m365.internal.workload.Recent;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The feeds of a mailbox's contacts: one of the folders, and one for each of them. */
final class ContactFeeds {
    private static final FeedId FOLDERS = new FeedId("folders");
    private static final String RULES = "contacts:immutable:1";

    private final GraphClient graph;
    private final Recent<Map<String, ObjectNode>> listed = new Recent<>();

    ContactFeeds(GraphClient graph) {
        this.graph = graph;
    }

    List<Feed> of(ResourceId resource, ContactCalls calls) {
        Map<String, ObjectNode> folders = list(graph, calls);
        listed.put(resource, folders);
        List<Feed> feeds = new ArrayList<>();
        feeds.add(new Feed(FOLDERS, Feed.Kind.ENUMERATION, RULES, false, Duration.ofDays(365)));
        for (String folder : folders.keySet()) {
            // How long a token is good for is up to a cache of the mailbox; a reset costs a lean round and nothing
            // more.
            feeds.add(new Feed(new FeedId(folder), Feed.Kind.INCREMENTAL, RULES, false, Duration.ofDays(60)));
        }
        return feeds;
    }

    /** The folders by id, the default one first. */
    static Map<String, ObjectNode> list(GraphClient graph, ContactCalls calls) {
        Map<String, ObjectNode> folders = new LinkedHashMap<>();
        ObjectNode root = graph.object(calls.defaultFolder());
        folders.put(ContactItems.id(root), root);
        graph.each(calls.folders(), each -> {
            if (!each.has("@removed")) {
                folders.putIfAbsent(ContactItems.id(each), each);
            }
        });
        return folders;
    }

    ChangePage changes(ResourceId resource, ContactCalls calls, Feed feed, Optional<Cursor> from) {
        if (feed.id().equals(FOLDERS)) {
            // Asked for a moment ago, to know the feeds; a second time only if the page is repeated.
            return folders(listed.take(resource).orElseGet(() -> list(graph, calls)));
        }
        ItemKey folder = new ItemKey(feed.id().value());
        return DeltaPage.open(
                graph, calls.delta(folder.value()), feed, from, contact -> Optional.of(change(contact, folder)));
    }

    private static ChangePage folders(Map<String, ObjectNode> folders) {
        List<Change> changes = new ArrayList<>();
        for (ObjectNode each : folders.values()) {
            Optional<ItemKey> parent = Json.text(each, "parentFolderId")
                    .filter(folders::containsKey)
                    .map(ItemKey::new);
            changes.add(new Change.Upsert(ContactItems.folder(each, parent), List.of()));
        }
        return new GatheredPage(changes, new ChangePage.CaughtUp(new Cursor("", RULES), true));
    }

    /** Later rounds may send less than was asked for: without a change key the contact is read. */
    private static Change change(ObjectNode contact, ItemKey folder) {
        return contact.has("@removed")
                ? new Change.Removal(new ItemKey(ContactItems.id(contact)))
                : new Change.Upsert(ContactItems.contact(contact, folder), List.of());
    }
}
