// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to an operation, understood. Immutable.
 *
 * @param request as it was sent; a part of a batch looks as if it had been sent alone
 * @param origins where links lead
 * @param tenant whose data
 * @param app who asks
 * @param variables of the path, decoded
 * @param query the query
 * @param preferences of the header
 * @param now the time
 */
record Call(
        PeerRequest request,
        Origins origins,
        GraphTenant tenant,
        GraphApp app,
        Map<String, String> variables,
        Query query,
        Preferences preferences,
        Instant now) {

    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the path of " + request.method() + " has no variable " + name);
        }
        return value;
    }

    Optional<String> header(String name) {
        return request.fields().first(name);
    }

    /** The body as JSON. */
    Map<String, Object> body() {
        try {
            return Json.parseObject(request.body());
        } catch (IllegalArgumentException e) {
            throw GraphError.badRequest(
                    "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
        }
    }

    boolean immutableIds() {
        return preferences.immutableIds();
    }

    /** An absolute address. */
    String link(String path) {
        return origins.graph() + "/v1.0" + path;
    }

    /** An entity, with its context. */
    Reply entity(int status, String context, Map<String, Object> entity) {
        Map<String, Object> body = Json.object("@odata.context", link("/$metadata#" + context));
        body.putAll(entity);
        return reply(status, body);
    }

    static Reply reply(int status, Map<String, Object> body) {
        return Reply.of(status)
                .with(
                        "Content-Type",
                        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8")
                .with(Json.bytes(body));
    }

    /** The segments of a path, decoded; {@code name('key')} is two of them. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String raw : path.split("/")) {
            if (raw.isEmpty()) {
                continue;
            }
            String segment = decoded(raw);
            int open = segment.indexOf("('");
            if (open > 0 && segment.endsWith("')")) {
                segments.add(segment.substring(0, open));
                segments.add(segment.substring(open + 2, segment.length() - 2));
            } else {
                segments.add(segment.endsWith("()") ? segment.substring(0, segment.length() - 2) : segment);
            }
        }
        return segments;
    }

    private static String decoded(String raw) {
        try {
            // A plus sign is itself in a path.
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // What is not encoded correctly is the name of nothing.
            return raw;
        }
    }
}
