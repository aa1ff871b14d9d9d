// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one JSON document, member by member as it comes; for one thread at a time. */
final class JsonOut implements AutoCloseable {
    private final JsonGenerator json;

    JsonOut(OutputStream out) {
        try {
            this.json = new JsonFactoryBuilder()
                    .rootValueSeparator("")
                    .build()
                    .createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT.mappedFeature());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that writes and may fail to. */
    @FunctionalInterface
    interface Body {
        void write() throws IOException;
    }

    JsonOut object(Body body) {
        return run(() -> {
            json.writeStartObject();
            body.write();
            json.writeEndObject();
        });
    }

    JsonOut object(String name, Body body) {
        return run(() -> json.writeFieldName(name)).object(body);
    }

    JsonOut array(Body body) {
        return run(() -> {
            json.writeStartArray();
            body.write();
            json.writeEndArray();
        });
    }

    JsonOut array(String name, Body body) {
        return run(() -> json.writeFieldName(name)).array(body);
    }

    JsonOut put(String name, @Nullable String value) {
        return run(() -> json.writeStringField(name, value));
    }

    JsonOut put(String name, long value) {
        return run(() -> json.writeNumberField(name, value));
    }

    JsonOut put(String name, double value) {
        return run(() -> json.writeNumberField(name, value));
    }

    JsonOut put(String name, boolean value) {
        return run(() -> json.writeBooleanField(name, value));
    }

    JsonOut put(String name, Instant value) {
        return put(name, DateTimeFormatter.ISO_INSTANT.format(value));
    }

    JsonOut time(String name, Optional<Instant> value) {
        return put(name, value.map(DateTimeFormatter.ISO_INSTANT::format).orElse(null));
    }

    JsonOut counts(String name, Map<String, Long> values) {
        return object(
                name,
                () -> values.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(each -> put(each.getKey(), each.getValue())));
    }

    /** An element of an array. */
    JsonOut text(String value) {
        return run(() -> json.writeString(value));
    }

    /** Ends a line between two documents of a file of lines. */
    JsonOut line() {
        return run(() -> json.writeRaw('\n'));
    }

    private JsonOut run(Body body) {
        try {
            body.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run(json::close);
    }
}
