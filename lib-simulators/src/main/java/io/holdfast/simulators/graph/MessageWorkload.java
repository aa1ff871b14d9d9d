// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Reading messages: lists, change tracking for each folder, one message, and its MIME. */
final class MessageWorkload implements Workload {
    private static final int PAGE = 10;
    private static final int MOST = 1000;
    private static final String MESSAGES = "/users/{user}/messages";
    private static final String IN_FOLDER = "/users/{user}/mailFolders/{folder}/messages";

    private final Pages pages;
    private final DeltaRounds rounds;
    private final Habits habits;
    private final AtomicLong readings = new AtomicLong();

    MessageWorkload(Pages pages, DeltaRounds rounds, Habits habits) {
        this.pages = pages;
        this.rounds = rounds;
        this.habits = habits;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.OUTLOOK, Roles.MAIL_BASIC)
                .on("GET", MESSAGES, "message.list", call -> list(call, everywhere(Mailboxes.mailbox(call))))
                .on(
                        "GET",
                        IN_FOLDER,
                        "message.list",
                        call -> list(call, Mailboxes.folder(call).shown()))
                .on("GET", IN_FOLDER + "/delta", "message.delta", this::delta);
        routes.group(Service.OUTLOOK, Roles.USERS_READ)
                .on(
                        "POST",
                        "/users/{user}/translateExchangeIds",
                        "user.translateExchangeIds",
                        MessageWorkload::translate);
        for (String path : List.of(MESSAGES, IN_FOLDER)) {
            routes.group(Service.OUTLOOK, Roles.MAIL_BASIC).on("GET", path + "/{message}", "message.get", this::get);
            routes.group(Service.OUTLOOK, Roles.MAIL_READ)
                    .on("GET", path + "/{message}/$value", "message.mime", this::mime);
        }
    }

    /** Between the two kinds of ids that REST knows. */
    private static Reply translate(Call call) {
        GraphMailbox mailbox = Mailboxes.mailbox(call);
        Map<String, Object> body = call.body();
        boolean toImmutable = Json.text(body, "targetIdType").equals("restImmutableEntryId");
        boolean known = Set.of("restId", "restImmutableEntryId")
                .containsAll(List.of(Json.text(body, "sourceIdType"), Json.text(body, "targetIdType")));
        List<?> ids = body.get("inputIds") instanceof List<?> list ? list : List.of();
        if (!known || ids.isEmpty() || ids.size() > MOST) {
            throw new GraphError(
                    400,
                    "ErrorInvalidRequest",
                    "Give up to " + MOST + " inputIds, and restId or restImmutableEntryId as types.");
        }
        List<Object> translated = new ArrayList<>();
        for (Object id : ids) {
            try {
                GraphMessage message = mailbox.findMessage(String.valueOf(id), true);
                translated.add(Json.object("sourceId", id, "targetId", message.id(toImmutable)));
            } catch (GraphError e) {
                translated.add(Json.object(
                        "sourceId", id, "errorDetails", Json.object("code", e.code(), "message", e.text())));
            }
        }
        return call.entity(200, "Collection(microsoft.graph.convertIdResult)", Json.object("value", translated));
    }

    static String context(Call call) {
        return Mailboxes.user(call) + "/messages";
    }

    private static Iterable<GraphMessage> everywhere(GraphMailbox mailbox) {
        List<GraphMessage> all = new ArrayList<>(mailbox.listed());
        all.sort(Comparator.comparing(GraphMessage::received)
                .thenComparing(GraphMessage::number)
                .reversed());
        return all;
    }

    private Reply list(Call call, Iterable<GraphMessage> all) {
        Iterable<GraphMessage> wanted = all;
        Optional<String> filter = call.query().first("$filter");
        Optional<String> order = call.query().first("$orderby");
        if (filter.isPresent() || order.isPresent()) {
            MessageFilter test = MessageFilter.of(filter.orElse(""));
            List<GraphMessage> some = new ArrayList<>();
            all.forEach(each -> {
                if (test.test(each)) {
                    some.add(each);
                }
            });
            order.ifPresent(text -> some.sort(order(text)));
            wanted = some;
        }
        return pages.page(
                call,
                new Pages.Scope(context(call), PAGE, MOST),
                wanted,
                each -> MessageJson.inPage(each, call, call.query()));
    }

    private static Comparator<GraphMessage> order(String text) {
        String[] words = text.trim().split("\\s+");
        Comparator<GraphMessage> order = switch (words[0]) {
            case "receivedDateTime" -> Comparator.comparing(GraphMessage::received);
            case "lastModifiedDateTime" -> Comparator.comparing(GraphMessage::modified);
            case "createdDateTime" -> Comparator.comparing(GraphMessage::created);
            case "subject" -> Comparator.comparing(message -> message.text("subject"));
            default ->
                throw new GraphError(
                        400, "ErrorInvalidUrlQuery", "The query option '$orderby' does not support '" + text + "'.");
        };
        Comparator<GraphMessage> stable = order.thenComparing(GraphMessage::number);
        return words.length > 1 && words[1].toLowerCase(Locale.ROOT).equals("desc") ? stable.reversed() : stable;
    }

    private Reply delta(Call call) {
        GraphMailbox mailbox = Mailboxes.mailbox(call);
        GraphFolder folder = mailbox.find(call.variable("folder"));
        if (folder.isSearch()) {
            throw GraphError.badRequest("Change tracking is not supported against 'microsoft.graph.mailSearchFolder'.");
        }
        if (call.query().first("$search").isPresent()) {
            throw new GraphError(
                    400, "ErrorInvalidUrlQuery", "The query option '$search' is not supported with change tracking.");
        }
        for (Query.Expansion each : call.query().expansions()) {
            if (!each.name().equalsIgnoreCase("attachments")) {
                throw new GraphError(
                        500, "ErrorInternalServerError", "An internal server error occurred. The operation failed.");
            }
        }
        FolderWorkload.refuseIfFull(mailbox);
        String path = "/" + Mailboxes.user(call) + "/mailFolders('" + folder.id() + "')/messages/delta";
        DeltaRounds.Scope scope = new DeltaRounds.Scope(path, context(call), PAGE, Optional.empty());
        return rounds.answer(call, scope, new MessageFeed(folder, habits));
    }

    private Reply get(Call call) {
        GraphMessage message = Mailboxes.readable(call);
        return call.entity(200, context(call) + "/$entity", MessageJson.of(message, call, call.query()));
    }

    private Reply mime(Call call) {
        GraphMessage message = Mailboxes.readable(call);
        if (message.flaw() == MessageFlaw.NO_MIME) {
            throw new GraphError(500, "ErrorMimeContentConversionFailed", "Conversion to MIME failed.");
        }
        byte[] mime = message.mime().orElseGet(() -> MimeWriter.write(message, readings.incrementAndGet()));
        return Reply.of(200).with("Content-Type", "text/plain").with(mime);
    }
}
