// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.List;

/** Calendars: listed, read and made. */
final class CalendarWorkload implements Workload {
    private static final String CALENDARS = "/users/{user}/calendars";

    private final Pages pages;

    CalendarWorkload(Pages pages) {
        this.pages = pages;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.OUTLOOK, Roles.CALENDARS_READ)
                .on("GET", CALENDARS, "calendar.list", this::list)
                .on("GET", CALENDARS + "/{calendar}", "calendar.get", call -> shown(call, 200, find(call)))
                .on(
                        "GET",
                        "/users/{user}/calendar",
                        "calendar.get",
                        call -> shown(
                                call, 200, Mailboxes.mailbox(call).calendars().first()));
        routes.group(Service.OUTLOOK, Roles.CALENDARS_WRITE)
                .on("POST", CALENDARS, "calendar.create", CalendarWorkload::create)
                .on("DELETE", CALENDARS + "/{calendar}", "calendar.delete", CalendarWorkload::delete);
    }

    private static String context(Call call) {
        return Mailboxes.user(call) + "/calendars";
    }

    private static GraphCalendar find(Call call) {
        return Mailboxes.mailbox(call).calendars().find(call.variable("calendar"));
    }

    private Reply list(Call call) {
        List<GraphCalendar> all = Mailboxes.mailbox(call).calendars().all();
        Query.Selection selection = call.query().selection();
        return pages.page(call, new Pages.Scope(context(call), 10, 1000), all, each -> selection.of(each.json()));
    }

    private static Reply shown(Call call, int status, GraphCalendar calendar) {
        return call.entity(
                status, context(call) + "/$entity", call.query().selection().of(calendar.json()));
    }

    private static Reply create(Call call) {
        GraphMailbox mailbox = Mailboxes.mailbox(call);
        String name = Json.text(call.body(), "name");
        if (name.isBlank()) {
            throw GraphError.property("The property 'name' is required.");
        }
        boolean taken =
                mailbox.calendars().all().stream().anyMatch(each -> each.name().equalsIgnoreCase(name));
        if (taken) {
            throw new GraphError(409, "ErrorFolderExists", "A folder with the specified name already exists.");
        }
        return shown(call, 201, mailbox.calendars().addCalendar(name, mailbox.owner()));
    }

    private static Reply delete(Call call) {
        GraphCalendar calendar = find(call);
        if (calendar.isDefault()) {
            throw new GraphError(403, "ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.");
        }
        calendar.delete();
        return Reply.of(204);
    }
}
