// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes exchanges down, one line of JSON for each, for whoever wants to check them against published contracts. */
final class Transcript {
    private final Path file;

    Transcript(Path file) throws IOException {
        this.file = file;
        Files.write(file, new byte[0]);
    }

    void note(HttpRequest request, byte[] body, GraphClient.Answer answer) {
        Map<String, Object> line = Json.object(
                "method", request.method(),
                "url", request.uri().toString(),
                "requestHeaders", headers(request.fields()),
                "requestBody", body.length == 0 ? null : text(body),
                "requestBodyBytes", body.length,
                "status", answer.status(),
                "responseHeaders", headers(answer.fields()),
                "responseBody", answer.body().length == 0 ? null : text(answer.body()),
                "responseBodyBytes", answer.body().length);
        byte[] bytes = Json.bytes(line);
        try {
            Files.write(file, bytes, StandardOpenOption.APPEND);
            Files.write(file, new byte[] {'\n'}, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> headers(HttpFields fields) {
        Map<String, Object> headers = new LinkedHashMap<>();
        fields.list().forEach(field -> headers.put(field.name(), field.value()));
        return headers;
    }
}
