// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import java.util.List;
import java.util.Map;

/** Attachments of events: listed, read and added. */
final class EventAttachmentWorkload implements Workload {
    private static final String ATTACHMENTS = "/users/{user}/events/{event}/attachments";

    private final Workbench bench;

    EventAttachmentWorkload(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.OUTLOOK, Roles.CALENDARS_READ)
                .on("GET", ATTACHMENTS, "eventAttachment.list", this::list)
                .on("GET", ATTACHMENTS + "/{attachment}", "eventAttachment.get", this::get)
                .on("GET", ATTACHMENTS + "/{attachment}/$value", "eventAttachment.content", this::content);
        routes.group(Service.OUTLOOK, Roles.CALENDARS_WRITE)
                .on("POST", ATTACHMENTS, "eventAttachment.create", this::create)
                .on("POST", ATTACHMENTS + "/createUploadSession", "eventAttachment.createUploadSession", this::session);
    }

    private static String context(Call call) {
        return Mailboxes.user(call) + "/events('" + call.variable("event") + "')/attachments";
    }

    private static EventAttachment attachment(Call call) {
        return EventWorkload.event(call).attachments().stream()
                .filter(each -> each.id().equals(call.variable("attachment")))
                .findFirst()
                .orElseThrow(GraphError::notFound);
    }

    private Reply list(Call call) {
        List<EventAttachment> all = EventWorkload.event(call).attachments();
        Query.Selection selection = call.query().selection();
        return bench.pages()
                .page(call, new Pages.Scope(context(call), 100, 1000), all, each -> selected(selection, each));
    }

    /** A property of the derived type is selected by the type's name before its own. */
    private static Map<String, Object> selected(Query.Selection selection, EventAttachment attachment) {
        if (selection.isAll()) {
            return attachment.whole();
        }
        Map<String, Object> all = attachment.json();
        Map<String, Object> some = selection.of(all);
        if (selection.wants("microsoft.graph.fileAttachment/contentId") && all.containsKey("contentId")) {
            some.put("contentId", all.get("contentId"));
        }
        return some;
    }

    private Reply get(Call call) {
        return call.entity(
                200, context(call) + "/$entity", selected(call.query().selection(), attachment(call)));
    }

    private Reply content(Call call) {
        EventAttachment attachment = attachment(call);
        return Reply.of(200)
                .with("Content-Type", attachment.attachment().contentType())
                .with(attachment.content());
    }

    private Reply create(Call call) {
        FolderWorkload.refuseIfFull(Mailboxes.mailbox(call));
        Occurrence one = EventWorkload.event(call);
        return call.entity(
                201,
                context(call) + "/$entity",
                changed(one).attach(AttachmentWorkload.read(call.body())).json());
    }

    private Reply session(Call call) {
        Occurrence one = EventWorkload.event(call);
        return AttachmentWorkload.session(bench, call, new AttachmentUpload.Owner() {
            @Override
            public GraphMailbox mailbox() {
                return one.event().mailbox();
            }

            @Override
            public String store(GraphAttachment file) {
                EventAttachment stored = changed(one).attach(file);
                return "Events('" + one.event().id(false, one.part()) + "')/Attachments('" + stored.id() + "')";
            }
        });
    }

    /** An occurrence that is changed becomes an exception. */
    private static Occurrence changed(Occurrence one) {
        return one.day().isPresent() ? one.event().exception(one.day().get()) : one;
    }
}
