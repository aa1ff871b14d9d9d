// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.exchange.Exchange;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.NeighbourFetch;
import io.holdfast.m365.internal.workload.Parts;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import java.util.ArrayList;
import java.util.List;

/** How contacts are fetched; each folder is a feed. A contact does not say whether it has a photo: each is asked for its own. */
record ContactReader(GraphClient graph, ContactCalls calls) implements NeighbourFetch.Reader {
    /** Exchange takes photos of at most 4 MB. */
    private static final int LARGEST_PHOTO = 8 << 20;

    private static final int NONE = 404;

    @Override
    public GraphCall between(String feed, String from, String to, int page) {
        return calls.modified(feed, from, to, page);
    }

    @Override
    public GraphCall alone(ItemRef item) {
        return calls.contact(item.key().value());
    }

    /** It is, if the folder that it names is one of contacts; that need not be the one that it was in. */
    @Override
    public boolean isThere(ItemRef ref, ObjectNode contact) {
        String folder = contact.path("parentFolderId").asText();
        return folder.equals(ref.feed().value())
                || graph.find(calls.folder(folder)).isPresent();
    }

    @Override
    public Fetched complete(ItemRef ref, ObjectNode contact) {
        List<Part> parts = new ArrayList<>();
        parts.add(Parts.json(StoredContact.CONTACT, Json.bytes(contact)));
        try (Exchange photo = graph.content(calls.photo(ContactItems.id(contact)))) {
            byte[] answer = photo.bytes(LARGEST_PHOTO);
            if (photo.status() != NONE) {
                parts.add(Parts.file(StoredContact.PHOTO, answer));
            } else if (answer.length == 0) {
                // Who knows that there is no photo says so: without a word it was a server on the way that gave up.
                throw new FailureException(
                        Failure.of(FailureCategory.TRANSIENT, "404"), "an empty answer about a photo", null);
            }
        }
        String folder = Json.text(contact, "parentFolderId").orElse(ref.feed().value());
        return new Fetched.Found(ref, ContactItems.contact(contact, new ItemKey(folder)), parts);
    }
}
