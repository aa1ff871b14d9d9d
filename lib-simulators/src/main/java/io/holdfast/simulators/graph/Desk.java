// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpFields;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.BudgetBook;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes single requests to Graph through all stations: path, token, role, limit, fault, work. Parts of a batch pass the same way. Safe for use by several
 * threads.
 */
final class Desk {
    private static final int PREFIX = "/v1.0".length();
    /** An answer of JSON that is larger does not come in time; one of bytes does. */
    private static final long MOST_JSON = 50L << 20;

    private static final Set<String> SENDING = Set.of(
            "sendmail",
            "send",
            "reply",
            "replyall",
            "forward",
            "invitations",
            "accept",
            "decline",
            "tentativelyaccept",
            "cancel");

    private final TimeSource time;
    private final Identity identity;
    private final Routes routes;
    private final Turnstile turnstile;
    private final Faults faults;
    private final Books books;
    private final AtomicLong answered = new AtomicLong();

    Desk(TimeSource time, Identity identity, Routes routes, Turnstile turnstile, Faults faults, Books books) {
        this.time = time;
        this.identity = identity;
        this.routes = routes;
        this.turnstile = turnstile;
        this.faults = faults;
        this.books = books;
    }

    /** Takes note of a request, on the thread that takes its answer back. */
    BudgetBook.Arrival arrival() {
        return turnstile.arrive();
    }

    /** Looks up what a request wants, and whether it may. */
    Visit arrive(PeerRequest request, Origins origins, BudgetBook.Arrival arrival) {
        List<String> path = Call.segments(request.path().substring(PREFIX));
        Routes.Match match = routes.find(path);
        Route route = match.routes().get(request.method());
        Visit visit = new Visit(
                request, route == null ? "unknown" : route.operation(), path, Optional.empty(), Optional.empty());
        books.asked(visit.operation());
        if (request.method().equals("POST") && !path.isEmpty() && SENDING.contains(last(path))) {
            books.violated(GraphViolation.Kind.WOULD_SEND, request);
        }
        Optional<Identity.Grant> grant = identity.grant(request);
        if (grant.isEmpty()) {
            books.unauthorized();
            return visit.refused(
                    new GraphError(
                                    401,
                                    "InvalidAuthenticationToken",
                                    "Lifetime validation failed, the token is expired.")
                            .with(
                                    "WWW-Authenticate",
                                    "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"invalid_token\""));
        }
        if (route == null) {
            return visit.refused(unknown(request, match, path));
        }
        if (!route.roles().isEmpty()
                && route.roles().stream().noneMatch(grant.get().app().roles()::contains)) {
            return visit.refused(route.service().denied());
        }
        try {
            Call call = new Call(
                    request,
                    origins,
                    grant.get().tenant(),
                    grant.get().app(),
                    match.variables(),
                    Query.of(request.target()),
                    Preferences.of(request.fields()),
                    time.now());
            Visit.Target target = new Visit.Target(call, route, ticket(call, route, arrival));
            return new Visit(request, route.operation(), path, Optional.of(target), Optional.empty());
        } catch (GraphError e) {
            return visit.refused(e);
        }
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1).toLowerCase(Locale.ROOT);
    }

    private static GraphError unknown(PeerRequest request, Routes.Match match, List<String> path) {
        return match.routes().isEmpty()
                ? GraphError.badRequest("Resource not found for the segment '"
                        + (path.isEmpty() ? "" : path.get(path.size() - 1)) + "'.")
                : new GraphError(
                        405,
                        "Request_BadRequest",
                        "Specified HTTP method " + request.method() + " is not allowed for the request target.");
    }

    private static Turnstile.Ticket ticket(Call call, Route route, BudgetBook.Arrival arrival) {
        boolean writes = !route.method().equals("GET");
        String mailbox = "";
        if (route.service() == Service.OUTLOOK) {
            String name = call.variables().getOrDefault("user", call.variables().getOrDefault("group", ""));
            synchronized (call.tenant()) {
                mailbox = call.tenant().user(name).map(GraphUser::id).orElse(name);
            }
        }
        return new Turnstile.Ticket(
                route.service(),
                key(route.service(), call, mailbox),
                mailbox,
                route.cost().applyAsInt(call.query()),
                writes ? call.request().body().length : 0,
                arrival);
    }

    /** Who is counted together: app and mailbox, or app and tenant. */
    static String key(Service service, Call call, String mailbox) {
        return service + " " + call.app().clientId() + " " + call.tenant().id() + " " + mailbox;
    }

    /** Passes the turnstile, or is refused there. */
    Visit enter(Visit visit) {
        if (visit.refusal().isPresent() || visit.target().isEmpty()) {
            return visit;
        }
        Optional<GraphError> refusal = turnstile.enter(visit.target().get().ticket());
        refusal.ifPresent(error -> books.throttled());
        return refusal.map(visit::refused).orElse(visit);
    }

    /** Leaves what it has entered. */
    void leave(Visit visit) {
        if (visit.refusal().isEmpty()) {
            visit.target().ifPresent(target -> turnstile.leave(target.ticket()));
        }
    }

    /** Does the work. */
    Reply answer(Visit visit) {
        Reply reply;
        if (visit.refusal().isPresent()) {
            reply = error(visit, visit.refusal().get());
        } else {
            Visit.Target target = visit.target().orElseThrow();
            Optional<FaultRule> fault = faults.next(visit.operation(), visit.path());
            boolean works = fault.isEmpty()
                    || fault.get().afterTheWork()
                    || target.route().method().equals("GET");
            Reply good = works ? work(visit, target) : Reply.of(200);
            reply = fault.map(rule -> rule.fault().strike(good, time.now())).orElse(good);
            fault.ifPresent(rule -> books.struck());
            if (fault.isPresent() && reply.status() == 429) {
                books.throttled();
            } else if (fault.isEmpty()) {
                books.served();
            }
        }
        wait(reply).ifPresent(wait -> visit.target().ifPresent(target -> turnstile.fence(target.ticket(), wait)));
        return decorated(visit, reply);
    }

    private Reply work(Visit visit, Visit.Target target) {
        try {
            Reply reply;
            synchronized (target.call().tenant()) {
                reply = target.route().answer().apply(target.call());
            }
            boolean isJson = reply.fields().first("Content-Type").orElse("").startsWith("application/json");
            if (isJson && reply.body().length() > MOST_JSON) {
                throw GraphError.timeout();
            }
            return reply;
        } catch (GraphError e) {
            return error(visit, e);
        }
    }

    private Reply error(Visit visit, GraphError error) {
        Map<String, Object> inner = Json.object();
        if (!error.inner().isEmpty()) {
            inner.put("code", error.inner());
        }
        inner.put("date", GraphTenant.stamp(time.now()).replace("Z", ""));
        inner.put("request-id", Ids.guid(answered.get(), 3).toString());
        inner.put("client-request-id", clientRequestId(visit.request()).orElse(""));
        Reply reply = Call.reply(
                error.status(),
                Json.object("error", Json.object("code", error.code(), "message", error.text(), "innerError", inner)));
        for (HttpFields.Field field : error.fields().list()) {
            reply = reply.with(field.name(), field.value());
        }
        return reply;
    }

    private static Optional<String> clientRequestId(PeerRequest request) {
        return request.fields().first("client-request-id");
    }

    /** How long an answer asks to wait. */
    private Optional<Duration> wait(Reply reply) {
        Optional<String> field =
                reply.status() == 429 || reply.status() == 503 ? reply.fields().first("Retry-After") : Optional.empty();
        return field.map(value -> {
            try {
                return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
            } catch (NumberFormatException e) {
                return until(value, reply.fields().first("Date"));
            }
        });
    }

    private Duration until(String value, Optional<String> date) {
        try {
            DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME;
            Instant theirs = date.isPresent() ? Instant.from(format.parse(date.get())) : time.now();
            return Duration.between(theirs, Instant.from(format.parse(value)));
        } catch (DateTimeParseException e) {
            // What nobody can read asks for nothing.
            return Duration.ZERO;
        }
    }

    private Reply decorated(Visit visit, Reply reply) {
        String id = Ids.guid(answered.getAndIncrement(), 3).toString();
        Reply with = reply.with("request-id", id)
                .with(
                        "x-ms-ags-diagnostic",
                        "{\"ServerInfo\":{\"DataCenter\":\"Germany West Central\",\"Slice\":\"E\",\"Ring\":\"5\",\"ScaleUnit\":\"002\",\"RoleInstance\":\"FR2PEPF00000001\"}}");
        int units = visit.target()
                .map(Visit.Target::ticket)
                .filter(ticket -> ticket.service() == Service.DIRECTORY)
                .map(Turnstile.Ticket::cost)
                .orElse(0);
        with = units > 0 ? with.with("x-ms-resource-unit", String.valueOf(units)) : with;
        Optional<String> clientId = clientRequestId(visit.request());
        with = clientId.isPresent() ? with.with("client-request-id", clientId.get()) : with;
        String applied = Preferences.of(visit.request().fields()).applied();
        with = applied.isEmpty() ? with : with.with("Preference-Applied", applied);
        return with.fields().first("Date").isPresent()
                ? with
                : with.with(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(time.now().atZone(ZoneOffset.UTC)));
    }
}
