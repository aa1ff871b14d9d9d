// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.drift.AnswerSchema;
import io.holdfast.exchange.Access;
import io.holdfast.exchange.Download;
import io.holdfast.exchange.ErrorAnswer;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.services.ServiceMemory;
import io.holdfast.services.Services;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends calls to Graph v1.0, each once: every method is one attempt, and fails as {@link Exchanger#send} does.
 *
 * <p>The bearer token is shown to Graph's origin alone, and only by the methods that say so; links of answers are followed byte for byte. Safe for
 * use by several threads.
 */
public final class GraphClient {
    /** The only version that is asked. */
    static final String VERSION = "/v1.0";

    private static final int MOST_OBJECT = 64 << 20;
    /** What a small answer usually takes; more where the service is far away. */
    private static final Duration USUAL = Duration.ofMillis(150);

    private static final int NOT_FOUND = 404;

    private final URI origin;
    private final Scope application;
    private final Access access;
    private final String userAgent;
    private final AnswerWatch answers;
    private final Map<GraphPool, Exchanger> exchangers = new EnumMap<>(GraphPool.class);

    /**
     * A client for one tenant.
     *
     * @param settings where Graph is and who asks
     * @param services what paces and watches the requests
     * @param transport what sends them
     * @param memory what hears of them
     */
    public GraphClient(Settings settings, Services services, HttpTransport transport, ServiceMemory memory) {
        this.origin = settings.origin;
        this.application = settings.application;
        this.access = settings.access;
        this.userAgent = settings.userAgent;
        this.answers = new AnswerWatch(memory.drift());
        for (GraphPool pool : GraphPool.values()) {
            exchangers.put(pool, services.exchanger(transport, new GraphDialect(pool), memory));
        }
    }

    /**
     * Where Graph is and who asks.
     *
     * @param origin such as {@code https://graph.microsoft.com}, without a path
     * @param application the scope of the application in its tenant
     * @param access the token, for Graph's host
     * @param userAgent by the service's convention
     */
    public record Settings(URI origin, Scope application, Access access, String userAgent) {
        /** Checks for null. */
        public Settings {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(application, "application");
            Objects.requireNonNull(access, "access");
            Objects.requireNonNull(userAgent, "userAgent");
        }
    }

    /**
     * What is known of Graph's answers before any was seen: the codes of which it is known what they mean.
     *
     * @return the schema, which describes no operation: fields are learned
     */
    public static AnswerSchema schema() {
        return AnswerSchema.builder().codesAnywhere(GraphErrors.codes()).build();
    }

    /**
     * Sends a call with the token.
     *
     * @param call the call
     * @return the answer, which the caller closes
     */
    public Exchange send(GraphCall call) {
        return exchanger(call).send(authorized(call));
    }

    /**
     * Reads a collection's page.
     *
     * @param call the call
     * @return the page, which the caller closes
     */
    public GraphPage page(GraphCall call) {
        return new GraphPage(send(call), element -> see(call, element));
    }

    /**
     * Reads a small collection to its end, page by page; as one attempt.
     *
     * @param first the call for its first page
     * @param taker takes each element
     * @throws FailureException of category {@code TRANSIENT}, too, if a page leads to itself
     */
    public void each(GraphCall first, Consumer<? super ObjectNode> taker) {
        Optional<GraphCall> next = Optional.of(first);
        while (next.isPresent()) {
            GraphCall call = next.get();
            try (GraphPage page = page(call)) {
                for (ObjectNode element = page.next(); element != null; element = page.next()) {
                    taker.accept(element);
                }
                next = page.next(call);
            }
        }
    }

    /**
     * Reads a collection until it has given an element that is wanted; pages before it may be empty.
     *
     * @param first the call for its first page
     * @param wanted which element
     * @return the first that is wanted, or empty if it has none
     */
    public Optional<ObjectNode> first(GraphCall first, Predicate<? super ObjectNode> wanted) {
        Optional<GraphCall> next = Optional.of(first);
        while (next.isPresent()) {
            GraphCall call = next.get();
            try (GraphPage page = page(call)) {
                for (ObjectNode element = page.next(); element != null; element = page.next()) {
                    if (wanted.test(element)) {
                        return Optional.of(element);
                    }
                }
                next = page.next(call);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads one object.
     *
     * @param call the call
     * @return the object
     */
    public ObjectNode object(GraphCall call) {
        try (Exchange exchange = send(call)) {
            return seen(call, object(exchange));
        }
    }

    /**
     * Reads one object that need not be there.
     *
     * @param call the call, for which its own statuses of absence need not be expected
     * @return the object, or empty if Graph says that it does not exist
     */
    public Optional<ObjectNode> find(GraphCall call) {
        // Asked for like that, an absence is an answer and no trouble that would be logged.
        try (Exchange exchange = send(call.expecting(NOT_FOUND))) {
            if (exchange.status() != NOT_FOUND) {
                return Optional.of(seen(call, object(exchange)));
            }
            ErrorAnswer answer = new ErrorAnswer(
                    NOT_FOUND, exchange.fields(), exchange.bytes(ErrorAnswer.MOST_BODY), Instant.EPOCH, true);
            Failure failure = new GraphDialect(call.pool()).classify(answer).failure();
            if (failure.category() == FailureCategory.GONE) {
                return Optional.empty();
            }
            // Without a word it was a gateway that gave up, and other words say that there is no such mailbox.
            throw new FailureException(failure, call.operation() + " answered 404 " + failure.code(), null);
        } catch (FailureException e) {
            if (e.failure().category() == FailureCategory.GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The object of an answer.
     *
     * @param exchange the answer
     * @return its body
     * @throws FailureException of category {@code TRANSIENT} if it is no object
     */
    public static ObjectNode object(Exchange exchange) {
        try {
            JsonNode node = Json.read(exchange.bytes(MOST_OBJECT));
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new FailureException(Failure.of(FailureCategory.TRANSIENT, "malformed"), "the answer is no JSON", e);
        }
        throw new FailureException(Failure.of(FailureCategory.TRANSIENT, "malformed"), "the answer is no object", null);
    }

    /**
     * Reads content of Graph itself, such as the value of an attachment, which is rendered anew at each read.
     *
     * @param call the call
     * @return the answer, which the caller closes
     */
    public Exchange content(GraphCall call) {
        return send(call);
    }

    /**
     * Reads content from an address that carries its own right, such as a download URL; the token is not shown to it.
     *
     * @param call what it is called and counts for; its target is not used
     * @param address gives the address, asked again for each connection
     * @param offset where to begin
     * @param validator what the content was when earlier bytes were read
     * @return the content, which the caller closes
     */
    public Download download(GraphCall call, Supplier<URI> address, long offset, Optional<String> validator) {
        return exchanger(call).download(() -> plain(call, address.get()), offset, validator);
    }

    /**
     * Sends a call to an address that carries its own right, such as an upload session; the token is not shown to it.
     *
     * @param call the call; its target is not used
     * @param address where to
     * @param fields header fields that it needs besides, such as {@code Content-Range}
     * @return the answer, which the caller closes
     */
    public Exchange sendUnauthorized(GraphCall call, URI address, Map<String, String> fields) {
        ServiceRequest request = plain(call, address);
        HttpRequest http = request.http();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            http = http.with(field.getKey(), field.getValue());
        }
        return exchanger(call)
                .send(new ServiceRequest(
                        request.paced(), http, request.access(), request.expected(), request.patience()));
    }

    /**
     * A link of an answer in the form that is kept: without Graph's origin, so that it is good at another one (a proxy) too.
     *
     * @param link an absolute link
     * @return the link, shortened if it is one of this origin
     */
    public String keepable(String link) {
        String start = origin.toString();
        return link.startsWith(start + "/") ? link.substring(start.length()) : link;
    }

    /**
     * Compares an object of an answer with what such answers had so far. Whoever reads an answer by {@link #page}, {@link #each}, {@link #object} or
     * {@link #find} need not do so.
     *
     * @param call the call that was answered
     * @param object an object of the answer
     */
    public void see(GraphCall call, ObjectNode object) {
        answers.see(call.operation(), object);
    }

    private ObjectNode seen(GraphCall call, ObjectNode object) {
        see(call, object);
        return object;
    }

    /**
     * Calls that a session is going to send, for a plan.
     *
     * @param call one of them
     * @param calls how many there are
     * @return the plan
     */
    public PlannedWork planned(GraphCall call, long calls) {
        return new PlannedWork(scope(call), call.operation(), calls, call.cost(), USUAL);
    }

    private Exchanger exchanger(GraphCall call) {
        return Objects.requireNonNull(exchangers.get(call.pool()));
    }

    private ServiceRequest authorized(GraphCall call) {
        URI uri = URI.create(call.target().startsWith("/") ? origin + call.target() : call.target());
        if (!origin.getHost().equalsIgnoreCase(uri.getHost())
                || origin.getPort() != uri.getPort()
                || !origin.getScheme().equals(uri.getScheme())) {
            throw new FailureException(
                    Failure.of(FailureCategory.CURSOR_INVALID, "foreign-link"),
                    call.operation() + " was not sent: its link leads to " + uri.getHost() + " instead of "
                            + origin.getHost(),
                    null);
        }
        return plain(call, uri).authorizedBy(access);
    }

    private ServiceRequest plain(GraphCall call, URI uri) {
        HttpRequest http = call.body()
                .map(body -> HttpRequest.sending(call.method(), uri, body.contentType(), body.content()))
                .orElseGet(() -> bare(call.method(), uri));
        http = http.with("User-Agent", userAgent).within(GraphCall.deadlines());
        if (!call.prefer().isEmpty()) {
            http = http.with("Prefer", String.join(", ", call.prefer()));
        }
        PacedRequest paced = new PacedRequest(scope(call), call.operation(), call.cost(), call.priority());
        ServiceRequest request = ServiceRequest.of(paced, http);
        return call.expected().isEmpty()
                ? request
                : request.expecting(call.expected().toArray(new Integer[0]));
    }

    private static HttpRequest bare(String method, URI uri) {
        HttpRequest get = HttpRequest.get(uri);
        return method.equals("GET")
                ? get
                : new HttpRequest(method, uri, get.fields(), Optional.empty(), get.deadlines());
    }

    private Scope scope(GraphCall call) {
        Scope pool = application.within(ScopeLevel.POOL, call.pool().scope());
        return call.resource().isEmpty() ? pool : pool.within(ScopeLevel.RESOURCE, call.resource());
    }
}
