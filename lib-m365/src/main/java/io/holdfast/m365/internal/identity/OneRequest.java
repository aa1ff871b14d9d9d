// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.m365.internal.graph.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Sends what MSAL4J asks for by our transport, to the authority that is configured, and remembers the raw answer; for one token request. */
final class OneRequest implements IHttpClient {
    /** MSAL4J keeps to hosts that it knows; where requests really go is said here alone. */
    static final String STAND_IN = "https://login.microsoftonline.com";

    private static final int MOST_ANSWER = 1 << 20;

    private final HttpTransport transport;
    private final URI authority;
    private final String tenant;
    private final String scope;
    private @Nullable HttpFields fields;
    private @Nullable TransportException broken;
    private int status;
    private byte[] body = new byte[0];

    OneRequest(HttpTransport transport, URI authority, String tenant, String scope) {
        this.transport = transport;
        this.authority = authority;
        this.tenant = tenant;
        this.scope = scope;
    }

    @Override
    public IHttpResponse send(com.microsoft.aad.msal4j.HttpRequest asked) throws TransportException, IOException {
        String path = URI.create(asked.url().toString()).getRawPath();
        if (!path.equals("/" + tenant + "/oauth2/v2.0/token")) {
            throw new IOException("an unexpected request to the identity service: " + path);
        }
        HttpBody sent = HttpBody.of(withOurScope(asked.body()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.sending("POST", URI.create(authority + path), "application/x-www-form-urlencoded", sent);
        for (Map.Entry<String, String> field : asked.headers().entrySet()) {
            if (!field.getKey().equalsIgnoreCase("content-type")) {
                request = request.with(field.getKey(), field.getValue());
            }
        }
        try (HttpResponse response = transport.send(request)) {
            status = response.status();
            fields = response.fields();
            body = response.body().readNBytes(MOST_ANSWER);
        } catch (TransportException e) {
            broken = e;
            throw e;
        }
        return new Answer();
    }

    /** MSAL4J adds scopes of people who sign in, which an application has no use for. */
    private String withOurScope(String form) {
        String ours = "scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8);
        return form.replaceFirst("(?<=^|&)scope=[^&]*", Matcher.quoteReplacement(ours));
    }

    /** What broke on the wire, if it did. */
    Optional<TransportException> broken() {
        return Optional.ofNullable(broken);
    }

    /** The answer's status, or 0 if there was none. */
    int status() {
        return status;
    }

    /** The answer's fields. */
    HttpFields fields() {
        return fields == null ? HttpFields.none() : fields;
    }

    /** The answer as JSON, or an empty object if it is none. */
    JsonNode json() {
        try {
            JsonNode node = body.length == 0 ? null : Json.read(body);
            return node == null ? Json.object() : node;
        } catch (IOException e) {
            return Json.object();
        }
    }

    /** A number of seconds in the answer; some clouds write them as text. */
    Optional<Duration> seconds(String field) {
        String text = json().path(field).asText("");
        return text.matches("\\d{1,9}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }

    private final class Answer implements IHttpResponse {
        @Override
        public int statusCode() {
            return status;
        }

        @Override
        public Map<String, List<String>> headers() {
            Map<String, List<String>> headers = new HashMap<>();
            fields().list().forEach(field -> headers.put(field.name(), List.of(field.value())));
            return headers;
        }

        @Override
        public String body() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
