// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contacts: listed, tracked for each folder, read, made and changed, with their photos. */
final class ContactWorkload implements Workload {
    private static final int PAGE = 10;
    private static final int MOST = 1000;
    private static final int LARGEST_PHOTO = 4 << 20;
    private static final String CONTACTS = "/users/{user}/contacts";
    private static final String IN_FOLDER = "/users/{user}/contactFolders/{folder}/contacts";
    /** What the service alone writes. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "changeKey",
            "createdDateTime",
            "lastModifiedDateTime",
            "primaryEmailAddress",
            "secondaryEmailAddress",
            "tertiaryEmailAddress");

    private static final ItemFilter<GraphContact> FILTER = new ItemFilter<>(
            Map.of("lastModifiedDateTime", GraphContact::modified, "createdDateTime", GraphContact::created),
            Map.of("displayName", contact -> contact.text("displayName"), "fileAs", contact -> contact.text("fileAs")),
            GraphContact::extended);

    private final Pages pages;
    private final DeltaRounds rounds;

    ContactWorkload(Pages pages, DeltaRounds rounds) {
        this.pages = pages;
        this.rounds = rounds;
    }

    @Override
    public void addTo(Routes routes) {
        Routes.Group reads = routes.group(Service.OUTLOOK, Roles.CONTACTS_READ);
        Routes.Group writes = routes.group(Service.OUTLOOK, Roles.CONTACTS_WRITE);
        for (String path : List.of(CONTACTS, IN_FOLDER)) {
            reads.on("GET", path, "contact.list", this::list)
                    .on("GET", path + "/delta", "contact.delta", this::delta)
                    .on("GET", path + "/{contact}", "contact.get", ContactWorkload::get)
                    .on("GET", path + "/{contact}/photo", "contact.photo", ContactWorkload::aboutPhoto)
                    .on("GET", path + "/{contact}/photo/$value", "contact.photo", ContactWorkload::photo);
            writes.on("POST", path, "contact.create", ContactWorkload::create)
                    .on("PATCH", path + "/{contact}", "contact.update", ContactWorkload::update)
                    .on("DELETE", path + "/{contact}", "contact.delete", ContactWorkload::delete)
                    .on("PUT", path + "/{contact}/photo/$value", "contact.writePhoto", ContactWorkload::writePhoto);
        }
    }

    private static String context(Call call) {
        return Mailboxes.user(call) + "/contacts";
    }

    static GraphContactFolder folder(Call call) {
        GraphAddressBook book = Mailboxes.mailbox(call).addressBook();
        return call.variables().containsKey("folder") ? book.findFolder(call.variable("folder")) : book.first();
    }

    private static GraphContact contact(Call call) {
        GraphContact contact = Mailboxes.mailbox(call).addressBook().find(call.variable("contact"));
        if (call.variables().containsKey("folder") && !contact.isIn(folder(call))) {
            throw GraphError.notFound();
        }
        return contact;
    }

    private static Map<String, Object> shown(GraphContact contact, Call call) {
        Query query = call.query();
        if (contact.isSpoilt() && query.selection().wants("personalNotes")) {
            throw GraphError.corrupt();
        }
        Map<String, Object> json = new LinkedHashMap<>(query.selection().of(contact.json(call.immutableIds())));
        query.expansion("singleValueExtendedProperties")
                .ifPresent(expansion -> EventJson.extended(
                        contact.extended(), expansion.options().getOrDefault("$filter", ""), json));
        return json;
    }

    private Reply list(Call call) {
        List<GraphContact> some = FILTER.of(call.query(), folder(call).contacts());
        return pages.page(call, new Pages.Scope(context(call), PAGE, MOST), some, each -> shown(each, call));
    }

    private Reply delta(Call call) {
        GraphContactFolder folder = folder(call);
        FolderWorkload.refuseIfFull(folder.mailbox());
        String path = "/" + Mailboxes.user(call) + "/contactFolders('" + folder.id() + "')/contacts/delta";
        DeltaRounds.Scope scope = new DeltaRounds.Scope(path, context(call), PAGE, Optional.empty());
        return rounds.answer(call, scope, new ContactFeed(folder));
    }

    private static Reply get(Call call) {
        return call.entity(200, context(call) + "/$entity", shown(contact(call), call));
    }

    private static byte[] image(Call call) {
        return contact(call).photo().orElseThrow(() -> new GraphError(404, "ImageNotFound", "The photo wasn't found."));
    }

    private static Reply aboutPhoto(Call call) {
        byte[] image = image(call);
        return call.entity(
                200,
                context(call) + "/photo/$entity",
                Json.object(
                        "@odata.mediaContentType",
                        "image/jpeg",
                        "@odata.mediaEtag",
                        "\"" + image.length + "\"",
                        "id",
                        "96x96",
                        "height",
                        96,
                        "width",
                        96));
    }

    private static Reply photo(Call call) {
        return Reply.of(200).with("Content-Type", "image/jpeg").with(image(call));
    }

    private static Reply create(Call call) {
        GraphContactFolder folder = folder(call);
        FolderWorkload.refuseIfFull(folder.mailbox());
        Map<String, Object> body = written(call);
        Map<String, String> extended = EventWorkload.extended(body);
        GraphContact contact = folder.mailbox().addressBook().add(folder, body);
        contact.extended().putAll(extended);
        return call.entity(201, context(call) + "/$entity", contact.json(call.immutableIds()));
    }

    private static Reply update(Call call) {
        GraphContact contact = contact(call);
        Map<String, Object> body = written(call);
        contact.extended().putAll(EventWorkload.extended(body));
        contact.change(body);
        return call.entity(200, context(call) + "/$entity", contact.json(call.immutableIds()));
    }

    private static Map<String, Object> written(Call call) {
        Map<String, Object> body = new LinkedHashMap<>(call.body());
        for (String name : body.keySet()) {
            if (READ_ONLY.contains(name)) {
                throw GraphError.property("The property '" + name + "' cannot be written.");
            }
        }
        return body;
    }

    private static Reply delete(Call call) {
        contact(call).delete();
        return Reply.of(204);
    }

    private static Reply writePhoto(Call call) {
        byte[] image = call.request().body();
        if (image.length == 0 || image.length > LARGEST_PHOTO) {
            throw new GraphError(413, "ErrorMessageSizeExceeded", "A photo has 1 byte to 4 MB.");
        }
        contact(call).photo(image);
        return Reply.of(200);
    }
}
