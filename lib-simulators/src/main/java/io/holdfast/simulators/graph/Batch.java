// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpFields;
import io.holdfast.simulators.http.BudgetBook;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many requests in one. Each part is throttled and counted for itself; four run at once, or one if any part depends on another.
 *
 * <p>Safe for use by several threads.
 */
final class Batch {
    private static final int MOST = 20;
    private static final int AT_ONCE = 4;

    private final Desk desk;
    private final Runnable pause;

    /**
     * A batch of requests.
     *
     * @param desk who takes each of them
     * @param pause how long the work on some of them takes
     */
    Batch(Desk desk, Runnable pause) {
        this.desk = desk;
        this.pause = pause;
    }

    /** A part: its id, what it depends on, and what it asks for. */
    private record Part(String id, List<String> dependsOn, PeerRequest request) {}

    Reply answer(PeerRequest request, Origins origins, BudgetBook.Arrival arrival) {
        List<Part> parts;
        try {
            parts = parts(request);
        } catch (IllegalArgumentException e) {
            return Call.reply(
                    400,
                    Json.object("error", Json.object("code", "BadRequest", "message", String.valueOf(e.getMessage()))));
        }
        boolean serial = parts.stream().anyMatch(part -> !part.dependsOn().isEmpty());
        Map<String, Reply> replies = new LinkedHashMap<>();
        int step = serial ? 1 : AT_ONCE;
        for (int from = 0; from < parts.size(); from += step) {
            run(parts.subList(from, Math.min(parts.size(), from + step)), origins, arrival, replies);
        }
        List<Object> responses = new ArrayList<>();
        replies.forEach((id, reply) -> responses.add(response(id, reply)));
        Reply whole = Call.reply(200, Json.object("responses", responses));
        // A connection that breaks does so for all parts.
        Optional<Flaw> flaw = replies.values().stream()
                .map(Reply::flaw)
                .filter(each -> !(each instanceof Flaw.None))
                .findFirst();
        return flaw.map(whole::spoilt).orElse(whole);
    }

    /** Whether none of the parts changes anything. */
    static boolean isReading(PeerRequest request) {
        try {
            return Json.children(Json.parseObject(request.body()), "requests").stream()
                    .allMatch(each -> Json.text(each, "method").equals("GET"));
        } catch (IllegalArgumentException e) {
            // It will be refused, which changes nothing either.
            return true;
        }
    }

    private void run(List<Part> parts, Origins origins, BudgetBook.Arrival arrival, Map<String, Reply> replies) {
        Map<String, Visit> visits = new LinkedHashMap<>();
        for (Part part : parts) {
            boolean failed = part.dependsOn().stream()
                    .anyMatch(id -> !replies.containsKey(id) || replies.get(id).status() >= 400);
            Visit visit = desk.arrive(part.request(), origins, arrival);
            visits.put(
                    part.id(),
                    failed
                            ? visit.refused(new GraphError(
                                    424, "FailedDependency", "A request that this one depends on has failed."))
                            : desk.enter(visit));
        }
        pause.run();
        visits.forEach((id, visit) -> replies.put(id, desk.answer(visit)));
        visits.values().forEach(desk::leave);
    }

    private static List<Part> parts(PeerRequest request) {
        Map<String, Object> body = Json.parseObject(request.body());
        List<Map<String, Object>> given = Json.children(body, "requests");
        if (given.isEmpty()) {
            throw new IllegalArgumentException("Invalid batch payload format.");
        }
        if (given.size() > MOST) {
            throw new IllegalArgumentException(
                    "Number of batch request steps exceeds the maximum value of " + MOST + ".");
        }
        List<Part> parts = new ArrayList<>();
        for (Map<String, Object> each : given) {
            Part part = part(each, request);
            if (part.id().isEmpty()
                    || parts.stream().anyMatch(other -> other.id().equals(part.id()))) {
                throw new IllegalArgumentException("Request id '" + part.id() + "' is missing or duplicated.");
            }
            parts.add(part);
        }
        return parts;
    }

    private static Part part(Map<String, Object> said, PeerRequest whole) {
        String url = Json.text(said, "url");
        if (url.startsWith("http") || url.contains("$batch")) {
            throw new IllegalArgumentException(
                    "Invalid request URL '" + url + "' in a batch; it must be relative, and no batch.");
        }
        List<HttpFields.Field> fields = new ArrayList<>();
        Json.child(said, "headers")
                .forEach((name, value) -> fields.add(new HttpFields.Field(name, String.valueOf(value))));
        whole.fields()
                .first("authorization")
                .ifPresent(value -> fields.add(new HttpFields.Field("Authorization", value)));
        Object body = said.get("body");
        byte[] bytes = body == null ? new byte[0] : body instanceof String text ? decoded(text) : Json.bytes(body);
        List<String> dependsOn = new ArrayList<>();
        if (said.get("dependsOn") instanceof List<?> ids) {
            ids.forEach(id -> dependsOn.add(String.valueOf(id)));
        }
        String target = "/v1.0" + (url.startsWith("/") ? "" : "/") + url;
        return new Part(
                Json.text(said, "id"),
                dependsOn,
                new PeerRequest(Json.text(said, "method"), target, HttpFields.of(fields), bytes));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Object> response(String id, Reply reply) {
        Map<String, Object> headers = new LinkedHashMap<>();
        reply.fields().list().forEach(field -> headers.put(field.name(), field.value()));
        Map<String, Object> response = Json.object("id", id, "status", reply.status(), "headers", headers);
        byte[] bytes = bytes(reply);
        if (bytes.length > 0) {
            boolean json = reply.fields().first("Content-Type").orElse("").startsWith("application/json");
            response.put("body", json ? Json.parse(bytes) : Base64.getEncoder().encodeToString(bytes));
        }
        return response;
    }

    private static byte[] bytes(Reply reply) {
        try (InputStream stream = reply.body().open()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
