// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mail folders: listed level by level, tracked as a whole tree, made, renamed and moved. */
final class FolderWorkload implements Workload {
    private static final String FOLDERS = "/users/{user}/mailFolders";

    private static final Pattern NAMED = Pattern.compile("\\s*displayName\\s+eq\\s+'((?:[^']|'')*)'\\s*");

    private final Pages pages;
    private final DeltaRounds rounds;

    FolderWorkload(Pages pages, DeltaRounds rounds) {
        this.pages = pages;
        this.rounds = rounds;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.OUTLOOK, Roles.MAIL_BASIC)
                .on(
                        "GET",
                        FOLDERS,
                        "mailFolder.list",
                        call -> list(call, Mailboxes.mailbox(call).folder(WellKnown.MSGFOLDERROOT)))
                .on("GET", FOLDERS + "/delta", "mailFolder.delta", this::delta)
                .on("GET", FOLDERS + "/{folder}", "mailFolder.get", this::get)
                .on(
                        "GET",
                        FOLDERS + "/{folder}/childFolders",
                        "mailFolder.listChildren",
                        call -> list(call, Mailboxes.folder(call)));
        routes.group(Service.OUTLOOK, Roles.MAIL_WRITE)
                .on(
                        "POST",
                        FOLDERS,
                        "mailFolder.create",
                        call -> create(call, Mailboxes.mailbox(call).folder(WellKnown.MSGFOLDERROOT)))
                .on(
                        "POST",
                        FOLDERS + "/{folder}/childFolders",
                        "mailFolder.create",
                        call -> create(call, Mailboxes.folder(call)))
                .on("PATCH", FOLDERS + "/{folder}", "mailFolder.update", this::update)
                .on("POST", FOLDERS + "/{folder}/move", "mailFolder.move", this::move)
                .on("DELETE", FOLDERS + "/{folder}", "mailFolder.delete", this::delete);
    }

    private static String context(Call call) {
        return Mailboxes.user(call) + "/mailFolders";
    }

    private Reply list(Call call, GraphFolder parent) {
        boolean hidden = call.query().says("includeHiddenFolders", "true");
        Predicate<GraphFolder> filter = filter(call.query().first("$filter").orElse(""));
        List<GraphFolder> children = parent.children().stream()
                .filter(each -> hidden || !each.isHidden())
                .filter(filter)
                .toList();
        Query.Selection selection = call.query().selection();
        return pages.page(call, new Pages.Scope(context(call), 10, 1000), children, each -> selection.of(each.json()));
    }

    private static Predicate<GraphFolder> filter(String text) {
        Matcher named = NAMED.matcher(text);
        if (text.isEmpty()) {
            return each -> true;
        }
        if (!named.matches()) {
            throw new GraphError(
                    400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes: " + text);
        }
        String name = named.group(1).replace("''", "'");
        return each -> each.displayName().equalsIgnoreCase(name);
    }

    private Reply get(Call call) {
        return call.entity(
                200,
                context(call) + "/$entity",
                call.query().selection().of(Mailboxes.folder(call).json()));
    }

    private Reply delta(Call call) {
        GraphMailbox mailbox = Mailboxes.mailbox(call);
        String path = "/" + Mailboxes.user(call) + "/mailFolders/delta";
        return rounds.answer(
                call, new DeltaRounds.Scope(path, context(call), 10, Optional.empty()), new FolderFeed(mailbox));
    }

    private Reply create(Call call, GraphFolder parent) {
        Map<String, Object> body = call.body();
        String name = Json.text(body, "displayName");
        if (name.isBlank()) {
            throw GraphError.property("The property 'displayName' is required.");
        }
        refuseIfFull(parent.mailbox());
        boolean taken = parent.children().stream()
                .anyMatch(each -> each.displayName().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
        if (taken) {
            throw new GraphError(
                    409,
                    "ErrorFolderExists",
                    "A folder with the specified name already exists., Could not create folder '" + name + "'.");
        }
        GraphFolder folder = parent.mailbox().addFolder(parent, name, Boolean.TRUE.equals(body.get("isHidden")));
        return call.entity(201, context(call) + "/$entity", folder.json());
    }

    private Reply update(Call call) {
        GraphFolder folder = Mailboxes.folder(call);
        String name = Json.text(call.body(), "displayName");
        if (!name.isBlank()) {
            folder.rename(name);
        }
        return call.entity(200, context(call) + "/$entity", folder.json());
    }

    private Reply move(Call call) {
        GraphFolder folder = Mailboxes.folder(call);
        folder.move(folder.mailbox().find(Json.text(call.body(), "destinationId")));
        return call.entity(201, context(call) + "/$entity", folder.json());
    }

    private Reply delete(Call call) {
        GraphFolder folder = Mailboxes.folder(call);
        for (WellKnown each : WellKnown.values()) {
            if (folder.mailbox().folder(each) == folder) {
                throw new GraphError(403, "ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.");
            }
        }
        folder.remove();
        return Reply.of(204);
    }

    static void refuseIfFull(GraphMailbox mailbox) {
        if (mailbox.isFull()) {
            throw new GraphError(507, "ErrorQuotaExceeded", "The mailbox has exceeded its quota.");
        }
    }

    /** The tree below the root, flat. */
    private record FolderFeed(GraphMailbox mailbox) implements DeltaRounds.Feed {
        @Override
        public long position() {
            return mailbox.position();
        }

        @Override
        public List<DeltaRounds.Entry> changes(long since, Call first) {
            refuseIfFull(mailbox);
            boolean hidden = first.query().says("includeHiddenFolders", "true");
            Query.Selection selection = first.query().selection();
            List<DeltaRounds.Entry> entries = new ArrayList<>();
            for (GraphFolder each : mailbox.folders()) {
                boolean listed = isBelowRoot(each) && (hidden || !each.isHidden());
                if (listed && each.changed() > since && (each.isThere() || each.made() <= since)) {
                    entries.add(new DeltaRounds.Entry(!each.isThere(), call -> Optional.of(shown(each, selection))));
                }
            }
            return entries;
        }

        private static Map<String, Object> shown(GraphFolder folder, Query.Selection selection) {
            return folder.isThere()
                    ? selection.of(folder.json())
                    : Json.object("id", folder.id(), "@removed", Json.object("reason", "deleted"));
        }

        private static boolean isBelowRoot(GraphFolder folder) {
            GraphFolder root = folder.mailbox().folder(WellKnown.MSGFOLDERROOT);
            for (Optional<GraphFolder> each = folder.parent();
                    each.isPresent();
                    each = each.get().parent()) {
                if (each.get() == root) {
                    return true;
                }
            }
            return false;
        }
    }
}
