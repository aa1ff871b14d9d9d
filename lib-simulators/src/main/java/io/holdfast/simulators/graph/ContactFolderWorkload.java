// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contact folders: listed level by level below the default one, which no list names, and tracked as a whole tree. */
final class ContactFolderWorkload implements Workload {
    private static final String FOLDERS = "/users/{user}/contactFolders";

    private final Pages pages;
    private final DeltaRounds rounds;

    ContactFolderWorkload(Pages pages, DeltaRounds rounds) {
        this.pages = pages;
        this.rounds = rounds;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.OUTLOOK, Roles.CONTACTS_READ)
                .on("GET", FOLDERS, "contactFolder.list", this::list)
                .on("GET", FOLDERS + "/delta", "contactFolder.delta", this::delta)
                .on(
                        "GET",
                        FOLDERS + "/{folder}",
                        "contactFolder.get",
                        call -> shown(call, 200, ContactWorkload.folder(call)))
                .on("GET", FOLDERS + "/{folder}/childFolders", "contactFolder.list", this::list);
        routes.group(Service.OUTLOOK, Roles.CONTACTS_WRITE)
                .on("POST", FOLDERS, "contactFolder.create", ContactFolderWorkload::create)
                .on("POST", FOLDERS + "/{folder}/childFolders", "contactFolder.create", ContactFolderWorkload::create);
    }

    private static String context(Call call) {
        return Mailboxes.user(call) + "/contactFolders";
    }

    private static Reply shown(Call call, int status, GraphContactFolder folder) {
        return call.entity(
                status, context(call) + "/$entity", call.query().selection().of(folder.json()));
    }

    private Reply list(Call call) {
        Query.Selection selection = call.query().selection();
        return pages.page(
                call,
                new Pages.Scope(context(call), 10, 1000),
                ContactWorkload.folder(call).children(),
                each -> selection.of(each.json()));
    }

    private Reply delta(Call call) {
        GraphMailbox mailbox = Mailboxes.mailbox(call);
        String path = "/" + Mailboxes.user(call) + "/contactFolders/delta";
        return rounds.answer(call, new DeltaRounds.Scope(path, context(call), 10, Optional.empty()), new Feed(mailbox));
    }

    private static Reply create(Call call) {
        GraphContactFolder parent = ContactWorkload.folder(call);
        String name = Json.text(call.body(), "displayName");
        if (name.isBlank()) {
            throw GraphError.property("The property 'displayName' is required.");
        }
        if (parent.children().stream().anyMatch(each -> each.displayName().equalsIgnoreCase(name))) {
            throw new GraphError(409, "ErrorFolderExists", "A folder with the specified name already exists.");
        }
        return shown(call, 201, parent.addFolder(name));
    }

    /** The tree below the default folder, flat. */
    private record Feed(GraphMailbox mailbox) implements DeltaRounds.Feed {
        @Override
        public long position() {
            return mailbox.position();
        }

        @Override
        public List<DeltaRounds.Entry> changes(long since, Call first) {
            List<DeltaRounds.Entry> entries = new ArrayList<>();
            for (GraphContactFolder each : mailbox.addressBook().folders()) {
                boolean news = each.changed() > since && (each.isThere() || each.made() <= since);
                if (!each.isDefault() && news) {
                    entries.add(new DeltaRounds.Entry(!each.isThere(), call -> Optional.of(shown(each))));
                }
            }
            return entries;
        }

        private static Map<String, Object> shown(GraphContactFolder folder) {
            return folder.isThere()
                    ? folder.json()
                    : Json.object("id", folder.id(), "@removed", Json.object("reason", "deleted"));
        }
    }
}
