// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.BudgetBook;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers requests as they arrive, and sends each to identity, transfers, batch or desk. Safe for use by several threads. */
final class FrontDoor {
    private static final Pattern TOKEN_PATH = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");

    private final Supplier<Instant> now;
    private final Identity identity;
    private final Transfers transfers;
    private final Desk desk;
    private final Batch batch;
    private final Faults faults;
    private final Books books;
    private final Runnable pause;

    /**
     * A door.
     *
     * @param now the time
     * @param identity who gives tokens
     * @param transfers addresses that carry their own permission
     * @param desk who takes single requests to Graph
     * @param faults what requests meet
     * @param books where all is noted
     * @param pause how long the work on a request takes
     */
    FrontDoor(
            Supplier<Instant> now,
            Identity identity,
            Transfers transfers,
            Desk desk,
            Faults faults,
            Books books,
            Runnable pause) {
        this.now = now;
        this.identity = identity;
        this.transfers = transfers;
        this.desk = desk;
        this.batch = new Batch(desk, pause);
        this.faults = faults;
        this.books = books;
        this.pause = pause;
    }

    Reply reply(PeerRequest request, Origins origins) {
        BudgetBook.Arrival arrival = desk.arrival();
        String path = request.path();
        if (path.startsWith(Transfers.PATH)) {
            return transfer(request);
        }
        Matcher token = TOKEN_PATH.matcher(path);
        if (token.matches()) {
            books.token();
            Supplier<Reply> good = () -> identity.token(request, token.group(1));
            return struck("identity.token", List.of(token.group(1)), false, good)
                    .orElseGet(good);
        }
        inspect(request);
        if (!path.startsWith("/v1.0/")) {
            return Call.reply(
                    400, Json.object("error", Json.object("code", "BadRequest", "message", "Invalid version.")));
        }
        return path.equalsIgnoreCase("/v1.0/$batch") && request.method().equals("POST")
                ? batch(request, origins, arrival)
                : single(request, origins, arrival);
    }

    private void inspect(PeerRequest request) {
        if (request.fields().first("client-request-id").isEmpty()) {
            books.violated(GraphViolation.Kind.NO_REQUEST_ID, request);
        }
        if (request.fields().first("user-agent").isEmpty()) {
            books.violated(GraphViolation.Kind.NO_USER_AGENT, request);
        }
        if (request.path().startsWith("/beta/")) {
            books.violated(GraphViolation.Kind.BETA, request);
        }
    }

    private Reply single(PeerRequest request, Origins origins, BudgetBook.Arrival arrival) {
        Visit visit = desk.enter(desk.arrive(request, origins, arrival));
        try {
            if (visit.refusal().isEmpty()) {
                pause.run();
            }
            return desk.answer(visit);
        } finally {
            desk.leave(visit);
        }
    }

    private Reply batch(PeerRequest request, Origins origins, BudgetBook.Arrival arrival) {
        if (identity.grant(request).isEmpty()) {
            return single(request, origins, arrival);
        }
        Supplier<Reply> good = () -> batch.answer(request, origins, arrival);
        return struck("batch", List.of(), Batch.isReading(request), good).orElseGet(good);
    }

    private Reply transfer(PeerRequest request) {
        String operation = transfers.operation(request);
        books.asked(operation);
        if (request.fields().first("authorization").isPresent()) {
            books.violated(GraphViolation.Kind.TOKEN_LEAKED, request);
        }
        Supplier<Reply> good = () -> transfers.answer(request);
        return struck(operation, List.of(), request.method().equals("GET"), good)
                .orElseGet(() -> {
                    Reply reply = good.get();
                    if (reply.status() == 429) {
                        books.throttled();
                    } else {
                        books.served();
                    }
                    return reply;
                });
    }

    /** What a fault makes of a request, if there is one; what changes nothing is worked on all the same, so that its answer can be spoilt. */
    private Optional<Reply> struck(String operation, List<String> path, boolean isReading, Supplier<Reply> good) {
        return faults.next(operation, path).map(rule -> {
            books.struck();
            Reply reply = isReading || rule.afterTheWork() ? good.get() : Reply.of(200);
            return rule.fault().strike(reply, now.get());
        });
    }
}
