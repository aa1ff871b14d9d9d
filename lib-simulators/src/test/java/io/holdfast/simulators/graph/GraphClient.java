// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.Deadlines;
import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A plain client of Graph, with nothing of the SDK in it. For one thread. */
final class GraphClient {
    static final String APP = "11111111-2222-4333-8444-555555555555";
    static final String SECRET = "a secret";

    private final HttpTransport transport;
    private final String tenant;
    private final Optional<Transcript> transcript;
    private HttpFields fields = HttpFields.none().with("User-Agent", "ISV|Example|Backup/1.0");
    private String token = "";

    GraphClient(GraphSimulator simulator, GraphTenant tenant) {
        this(simulator, tenant, Optional.empty());
    }

    GraphClient(GraphSimulator simulator, GraphTenant tenant, Optional<Transcript> transcript) {
        this.transport = simulator.transport();
        this.tenant = tenant.id();
        this.transcript = transcript;
    }

    /** An answer, read. */
    record Answer(int status, HttpFields fields, byte[] body) {
        Map<String, Object> json() {
            return Json.parseObject(body);
        }

        String text(String name) {
            return Json.text(json(), name);
        }

        List<Map<String, Object>> value() {
            return Json.children(json(), "value");
        }

        List<String> ids() {
            return value().stream().map(each -> Json.text(each, "id")).toList();
        }

        String code() {
            return Json.text(Json.child(json(), "error"), "code");
        }
    }

    /** All further requests prefer immutable ids. */
    GraphClient preferringImmutableIds() {
        return with("Prefer", "IdType=\"ImmutableId\"");
    }

    /** All further requests have a header field. */
    GraphClient with(String name, String value) {
        fields = fields.with(name, value);
        return this;
    }

    /** Gets a token as the tests' application. */
    GraphClient signIn() {
        token = Json.text(token(SECRET).json(), "access_token");
        return this;
    }

    Answer token(String secret) {
        return form(
                tenant,
                "grant_type=client_credentials&client_id=" + APP + "&client_secret=" + encoded(secret) + "&scope="
                        + encoded("https://graph.microsoft.com/.default"));
    }

    Answer form(String tenantName, String form) {
        return send(
                "POST",
                "https://login.microsoftonline.com/" + tenantName + "/oauth2/v2.0/token",
                form.getBytes(StandardCharsets.UTF_8),
                HttpFields.none().with("Content-Type", "application/x-www-form-urlencoded"));
    }

    Answer get(String path) {
        return send("GET", path, new byte[0], authorized());
    }

    Answer post(String path, Object json) {
        return send("POST", path, Json.bytes(json), authorized().with("Content-Type", "application/json"));
    }

    Answer patch(String path, Object json) {
        return send("PATCH", path, Json.bytes(json), authorized().with("Content-Type", "application/json"));
    }

    Answer delete(String path) {
        return send("DELETE", path, new byte[0], authorized());
    }

    HttpFields authorized() {
        return fields.with("Authorization", "Bearer " + token)
                .with("client-request-id", UUID.randomUUID().toString());
    }

    /** All elements of a list or of a round, and its last answer. */
    Round all(String path) {
        List<Map<String, Object>> all = new ArrayList<>();
        Answer answer = get(path);
        for (int pages = 1; ; pages++) {
            if (answer.status() != 200 || pages > 1000) {
                throw new IllegalStateException(answer.status() + " after " + pages + " pages: "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            all.addAll(answer.value());
            String next = answer.text("@odata.nextLink");
            if (next.isEmpty()) {
                return new Round(all, answer.text("@odata.deltaLink"), pages);
            }
            answer = get(next);
        }
    }

    /** What a round gave. */
    record Round(List<Map<String, Object>> elements, String deltaLink, int pages) {
        List<String> ids() {
            return elements.stream().map(each -> Json.text(each, "id")).toList();
        }

        List<String> removed() {
            return elements.stream()
                    .filter(each -> each.containsKey("@removed"))
                    .map(each -> Json.text(each, "id"))
                    .toList();
        }

        List<String> present() {
            return elements.stream()
                    .filter(each -> !each.containsKey("@removed"))
                    .map(each -> Json.text(each, "id"))
                    .toList();
        }
    }

    Answer send(String method, String path, byte[] body, HttpFields headers) {
        String url = path.startsWith("https:")
                ? path
                : "https://graph.microsoft.com/v1.0" + path.replace(" ", "%20").replace("\"", "%22");
        Optional<HttpBody> content =
                body.length == 0 && method.equals("GET") ? Optional.empty() : Optional.of(HttpBody.of(body));
        HttpRequest request = new HttpRequest(method, URI.create(url), headers, content, Deadlines.defaults());
        try (HttpResponse response = transport.send(request)) {
            Answer answer = new Answer(
                    response.status(), response.fields(), response.body().readAllBytes());
            transcript.ifPresent(each -> each.note(request, body, answer));
            return answer;
        } catch (TransportException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
