// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import io.holdfast.exchange.Deadlines;
import io.holdfast.exchange.HttpBody;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.Priority;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One request to Graph: what it is called in reports, what it counts for, and what is asked. Immutable.
 *
 * @param operation the name in reports and counts, such as {@code mail.messages.delta}; fixed (cli.md)
 * @param pool which service's budget it counts for
 * @param resource the mailbox or drive that it counts for; empty for requests of the tenant as a whole
 * @param method the HTTP method
 * @param target path and query below the version, or a whole link as an answer gave it
 * @param prefer what the {@code Prefer} field asks for, joined into one field
 * @param body what is sent, if anything
 * @param cost what it is estimated to cost
 * @param expected statuses over 2xx that are answers and no failures
 * @param priority whether it restores or backs up
 */
public record GraphCall(
        String operation,
        GraphPool pool,
        String resource,
        String method,
        String target,
        List<String> prefer,
        Optional<Body> body,
        Cost cost,
        Set<Integer> expected,
        Priority priority) {

    /** Copies the collections and checks for null. */
    public GraphCall {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        prefer = List.copyOf(prefer);
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(cost, "cost");
        expected = Set.copyOf(expected);
        Objects.requireNonNull(priority, "priority");
    }

    /**
     * What a request sends.
     *
     * @param contentType its media type
     * @param content its bytes, readable again for a repetition
     */
    public record Body(String contentType, HttpBody content) {}

    /**
     * A request that reads.
     *
     * @param operation the name in reports
     * @param pool whose budget
     * @param resource the mailbox or drive, or empty
     * @param path where to
     * @return the call
     */
    public static GraphCall get(String operation, GraphPool pool, String resource, GraphPath path) {
        return of("GET", operation, pool, resource, path);
    }

    /**
     * A request of any method, without a body.
     *
     * @param method the HTTP method
     * @param operation the name in reports
     * @param pool whose budget
     * @param resource the mailbox or drive, or empty
     * @param path where to
     * @return the call
     */
    public static GraphCall of(String method, String operation, GraphPool pool, String resource, GraphPath path) {
        return new GraphCall(
                operation,
                pool,
                resource,
                method,
                GraphClient.VERSION + path,
                List.of(),
                Optional.empty(),
                Cost.request(1),
                Set.of(),
                Priority.BACKUP);
    }

    /**
     * The same request to a link that an answer gave, byte for byte.
     *
     * @param link an absolute link, or one that {@link GraphClient#keepable} shortened
     * @return the call
     */
    public GraphCall to(String link) {
        return new GraphCall(operation, pool, resource, method, link, prefer, body, cost, expected, priority);
    }

    /**
     * A request that reads what this one writes to.
     *
     * @param reads its name in reports
     * @return the call
     */
    public GraphCall reading(String reads) {
        return new GraphCall(
                reads, pool, resource, "GET", target, prefer, Optional.empty(), Cost.request(1), expected, priority);
    }

    /**
     * The same request with a preference more.
     *
     * @param preference such as {@code odata.maxpagesize=500}
     * @return the call
     */
    public GraphCall preferring(String preference) {
        List<String> more = new ArrayList<>(prefer);
        more.add(preference);
        return new GraphCall(operation, pool, resource, method, target, more, body, cost, expected, priority);
    }

    /**
     * The same request with a JSON body.
     *
     * @param json the body
     * @return the call
     */
    public GraphCall json(byte[] json) {
        return sending(new Body("application/json", HttpBody.of(json)));
    }

    /**
     * The same request with a JSON body.
     *
     * @param json the body
     * @return the call
     */
    public GraphCall json(com.fasterxml.jackson.databind.JsonNode json) {
        return json(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same request with a body.
     *
     * @param sent the body; its length is part of the cost
     * @return the call
     */
    public GraphCall sending(Body sent) {
        Cost whole = cost.withBytes(Math.max(0, sent.content().length()), cost.bytesDown());
        return new GraphCall(
                operation, pool, resource, method, target, prefer, Optional.of(sent), whole, expected, priority);
    }

    /**
     * The same request at another cost.
     *
     * @param other the cost
     * @return the call
     */
    public GraphCall costing(Cost other) {
        return new GraphCall(operation, pool, resource, method, target, prefer, body, other, expected, priority);
    }

    /**
     * The same request, for which statuses over 2xx are answers.
     *
     * @param statuses the statuses, such as 404 for a photo that need not exist
     * @return the call
     */
    public GraphCall expecting(Integer... statuses) {
        return new GraphCall(operation, pool, resource, method, target, prefer, body, cost, Set.of(statuses), priority);
    }

    /**
     * The same request as a part of a restore.
     *
     * @return the call
     */
    public GraphCall restoring() {
        return new GraphCall(operation, pool, resource, method, target, prefer, body, cost, expected, Priority.RESTORE);
    }

    /** How long phases of Graph's answers may take: large pages take their time to begin. */
    static Deadlines deadlines() {
        return new Deadlines(
                java.time.Duration.ofSeconds(15), java.time.Duration.ofSeconds(120), java.time.Duration.ofSeconds(60));
    }
}
