// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.Unanswered;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for contacts by id. One that was deleted lies in a folder that is none of contacts, and can be had from there for a while. */
final class ContactLookup {
    private final GraphClient graph;
    private final ContactCalls calls;
    private final Map<String, Boolean> folders = new HashMap<>();

    ContactLookup(GraphClient graph, ContactCalls calls) {
        this.graph = graph;
        this.calls = calls;
    }

    List<Lookup> of(List<ItemRef> items) {
        List<Lookup> answers = new ArrayList<>();
        for (ItemRef item : items) {
            try {
                answers.add(item.kind().container() ? folder(item) : contact(item));
            } catch (FailureException e) {
                answers.add(Unanswered.of(item, e));
            }
        }
        return answers;
    }

    private Lookup contact(ItemRef item) {
        Optional<ObjectNode> contact = graph.find(calls.lean(item.key().value()));
        Optional<String> folder = contact.flatMap(found -> Json.text(found, "parentFolderId"));
        if (folder.isEmpty() || !isFolder(folder.get())) {
            return new Lookup.Absent(item.key());
        }
        return new Lookup.Present(
                ContactItems.contact(contact.orElseThrow(), new ItemKey(folder.get())), new FeedId(folder.get()));
    }

    private boolean isFolder(String id) {
        return folders.computeIfAbsent(
                id, each -> graph.find(calls.folder(each)).isPresent());
    }

    private Lookup folder(ItemRef item) {
        return graph.find(calls.folder(item.key().value()))
                .<Lookup>map(found -> new Lookup.Present(
                        ContactItems.folder(found, item.containers().stream().findFirst()), item.feed()))
                .orElseGet(() -> new Lookup.Absent(item.key()));
    }
}
