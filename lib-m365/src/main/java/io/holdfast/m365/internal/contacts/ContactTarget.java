// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.HttpBody;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.RestoreMark;
import io.holdfast.m365.internal.workload.TargetIndex;
import io.holdfast.model.ItemKey;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Takes contacts back, with their photos, into the folders of the same names or below the one that the restore names. */
final class ContactTarget implements RestoreTarget {
    private static final List<String> WRITTEN = List.of(
            "assistantName",
            "birthday",
            "businessAddress",
            "businessHomePage",
            "businessPhones",
            "categories",
            "children",
            "companyName",
            "department",
            "displayName",
            "emailAddresses",
            "fileAs",
            "generation",
            "givenName",
            "homeAddress",
            "homePhones",
            "imAddresses",
            "initials",
            "jobTitle",
            "manager",
            "middleName",
            "mobilePhone",
            "nickName",
            "officeLocation",
            "otherAddress",
            "personalNotes",
            "profession",
            "spouseName",
            "surname",
            "title",
            "yomiCompanyName",
            "yomiGivenName",
            "yomiSurname");

    private final GraphClient graph;
    private final RestoreSettings settings;
    private final Map<String, TargetFolders> users = new ConcurrentHashMap<>();
    private final Map<String, TargetIndex> indexes = new ConcurrentHashMap<>();

    ContactTarget(GraphClient graph, RestoreSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    @Override
    public String describe() {
        return "contacts"
                + settings.intoFolder().map(name -> ", folder " + name).orElse("");
    }

    @Override
    public Placement put(RestoreItem item) {
        String user = settings.toOwner()
                .orElseGet(() -> item.resource()
                        .value()
                        .substring(item.resource().value().indexOf(':') + 1));
        ContactCalls calls = new ContactCalls(user);
        TargetFolders folders =
                users.computeIfAbsent(user, id -> new TargetFolders(graph, calls, settings.intoFolder()));
        if (item.item().kind().container()) {
            return folders.put(item);
        }
        ItemKey source = item.item().containers().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a contact in no folder"));
        return put(calls, folders.idFor(source), item);
    }

    private Placement put(ContactCalls calls, String folder, RestoreItem item) {
        TargetIndex index = indexes.computeIfAbsent(
                folder, id -> TargetIndex.read(graph, calls.standing(id), each -> Json.text(each, "id")));
        Optional<String> created = index.created(item.tag())
                .or(() -> index.doubt(item.tag()) ? find(calls, folder, item.tag()) : Optional.empty());
        if (created.isPresent()) {
            photo(calls, created.get(), item, false);
            return Placement.ALREADY_THERE;
        }
        Optional<String> standing = index.standing(item.item().key().value());
        if (standing.isPresent() && settings.conflict() == RestoreSettings.Conflict.SKIP) {
            return Placement.SKIPPED;
        }
        ObjectNode draft = draft(item);
        boolean over = standing.isPresent() && settings.conflict() == RestoreSettings.Conflict.REPLACE;
        GraphCall call = over ? calls.update(standing.get()) : calls.create(folder);
        String id = ContactItems.id(graph.object(call.json(draft)));
        index.add(item.tag(), id);
        photo(calls, id, item, true);
        return Placement.RESTORED;
    }

    /** What an earlier attempt may have created without hearing of it. */
    private Optional<String> find(ContactCalls calls, String folder, String tag) {
        return graph.first(calls.marked(folder, tag), any -> true).map(ContactItems::id);
    }

    private static ObjectNode draft(RestoreItem item) {
        Part stored = part(item, StoredContact.CONTACT)
                .orElseThrow(() -> new TargetException(
                        ErrorCode.TARGET_REFUSED,
                        "contact '" + item.item().name() + "' is stored without its properties",
                        "Restore it from another snapshot"));
        ObjectNode draft = Json.object();
        try {
            JsonNode contact = Json.read(bytes(stored));
            for (String field : WRITTEN) {
                JsonNode value = contact.get(field);
                if (value != null && !value.isNull() && !(value.isObject() && value.isEmpty())) {
                    draft.set(field, value);
                }
            }
        } catch (IOException e) {
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "unreadable"), "a stored contact is no JSON", e);
        }
        RestoreMark.put(draft, item.tag());
        return draft;
    }

    private void photo(ContactCalls calls, String id, RestoreItem item, boolean fresh) {
        Optional<Part> photo = part(item, StoredContact.PHOTO);
        if (photo.isPresent() && (fresh || !hasPhoto(calls, id))) {
            GraphCall.Body body = new GraphCall.Body("image/jpeg", HttpBody.of(bytes(photo.get())));
            graph.send(calls.writePhoto(id).sending(body)).close();
        }
    }

    private boolean hasPhoto(ContactCalls calls, String id) {
        try (Exchange photo = graph.content(calls.photo(id).restoring())) {
            return photo.status() < 300;
        }
    }

    private static Optional<Part> part(RestoreItem item, String name) {
        return item.parts().stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static byte[] bytes(Part part) {
        try (InputStream in = part.open(0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "unreadable"), "a stored contact cannot be read", e);
        }
    }

    @Override
    public void finish() {
        // Each contact is complete when it was put.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
