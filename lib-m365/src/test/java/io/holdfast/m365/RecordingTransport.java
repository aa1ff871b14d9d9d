// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.simulators.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes exchanges down, one line of JSON for each, for whoever wants to check them against published contracts: {@code -Dholdfast.transcript=FILE}. Bodies are
 * held in memory, and what breaks in a body is not written.
 */
record RecordingTransport(HttpTransport inner, Path file) implements HttpTransport {

    /** Records if somebody asked for it. */
    static HttpTransport ifWanted(HttpTransport transport) {
        String file = System.getProperty("holdfast.transcript");
        return file == null ? transport : new RecordingTransport(transport, Path.of(file));
    }

    @Override
    public HttpResponse send(HttpRequest request) throws TransportException {
        HttpResponse response = inner.send(request);
        try (InputStream body = response.body()) {
            byte[] bytes = body.readAllBytes();
            note(request, response, bytes);
            return new HttpResponse(response.status(), response.fields(), new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new TransportException(TransportException.Phase.BODY, String.valueOf(e.getMessage()), e);
        }
    }

    private void note(HttpRequest request, HttpResponse response, byte[] answer) {
        byte[] body = request.body().map(RecordingTransport::bytes).orElse(new byte[0]);
        Map<String, Object> line = Json.object(
                "method", request.method(),
                "url", request.uri().toString(),
                "requestHeaders", fields(request.fields()),
                "requestBody", text(body),
                "requestBodyBytes", body.length,
                "status", response.status(),
                "responseHeaders", fields(response.fields()),
                "responseBody", text(answer),
                "responseBodyBytes", answer.length);
        try {
            synchronized (RecordingTransport.class) {
                Files.writeString(
                        file,
                        new String(Json.bytes(line), StandardCharsets.UTF_8) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(HttpBody body) {
        try (InputStream in = body.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String text(byte[] bytes) {
        return bytes.length == 0 || bytes.length > 1 << 20 ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> fields(HttpFields fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        fields.list().forEach(field -> all.put(field.name(), field.value()));
        return all;
    }

    @Override
    public void close() {
        inner.close();
    }
}
