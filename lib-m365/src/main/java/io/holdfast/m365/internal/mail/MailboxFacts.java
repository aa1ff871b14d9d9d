// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.source.Fetched;
import io.holdfast.source.Lookup;
import io.holdfast.source.Pull;
import io.holdfast.source.SourceItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a mailbox has besides folders and messages: rules, categories and settings. Small, and read whole, though not in each session. */
final class MailboxFacts {
    private static final String SETTINGS_KEY = "settings";

    private final GraphClient graph;
    private final Mailbox mailbox;

    MailboxFacts(GraphClient graph, Mailbox mailbox) {
        this.graph = graph;
        this.mailbox = mailbox;
    }

    List<SourceItem> all() {
        List<SourceItem> items = new ArrayList<>();
        list(mailbox.get("mail.rules.list", "/mailFolders/inbox/messageRules"), MailKinds.RULE, "rule:", items);
        list(mailbox.get("mail.categories.list", "/outlook/masterCategories"), MailKinds.CATEGORY, "category:", items);
        ObjectNode settings = graph.object(mailbox.get("mail.settings.get", "/mailboxSettings"));
        items.add(item(settings, MailKinds.SETTINGS, SETTINGS_KEY, "settings"));
        return items;
    }

    private void list(GraphCall first, ItemKind kind, String prefix, List<SourceItem> items) {
        graph.each(first, each -> {
            String name = Json.text(each, "displayName").orElse("");
            items.add(item(each, kind, prefix + each.path("id").asText(), name));
        });
    }

    private static SourceItem item(ObjectNode object, ItemKind kind, String key, String name) {
        byte[] metadata = Json.bytes(Properties.withoutAnnotations(object));
        return new SourceItem(
                new ItemKey(key),
                kind,
                List.of(),
                name,
                SourceItem.Tags.of("-", Properties.hash(object.toString())),
                Optional.empty(),
                -1,
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, metadata),
                List.of());
    }

    Lookup lookup(ItemRef ref, FeedId feed) {
        return all().stream()
                .filter(item -> item.key().equals(ref.key()))
                .findFirst()
                .<Lookup>map(item -> new Lookup.Present(item, feed))
                .orElseGet(() -> new Lookup.Absent(ref.key()));
    }

    /** All there is of them is their metadata. */
    static Pull<Fetched> fetch(List<ItemRef> refs, List<SourceItem> all) {
        Map<ItemKey, SourceItem> items = all.stream().collect(Collectors.toMap(SourceItem::key, Function.identity()));
        return Pull.of(refs.stream()
                .map(ref -> items.containsKey(ref.key())
                        ? (Fetched) new Fetched.Found(ref, items.get(ref.key()), List.of())
                        : new Fetched.Gone(ref))
                .toList());
    }
}
