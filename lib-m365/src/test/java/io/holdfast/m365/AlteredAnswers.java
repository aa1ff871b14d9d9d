// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A service that speaks a little differently from one day to the next: pieces of its JSON are others. */
record AlteredAnswers(HttpTransport inner, Map<String, String> replacements) implements HttpTransport {
    @Override
    public HttpResponse send(HttpRequest request) throws TransportException {
        HttpResponse response = inner.send(request);
        if (!response.fields().first("content-type").orElse("").startsWith("application/json")) {
            return response;
        }
        try (InputStream body = response.body()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> each : replacements.entrySet()) {
                text = text.replace(each.getKey(), each.getValue());
            }
            HttpFields fields = HttpFields.of(response.fields().list().stream()
                    .filter(field -> !field.name().equalsIgnoreCase("content-length"))
                    .toList());
            return new HttpResponse(
                    response.status(), fields, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new TransportException(TransportException.Phase.BODY, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
