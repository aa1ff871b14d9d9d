// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges a JSON merge patch over a document (RFC 7396); without state, for several threads. */
final class JsonMergePatch {
    private static final int MAX_DEPTH = 64;

    private final JsonFactory json = new JsonFactory();

    /**
     * The document with the patch over it.
     *
     * @throws IOException if one of them is no JSON, or nested too deeply
     */
    byte[] merge(byte[] document, byte[] patch) throws IOException {
        @Nullable Object merged = merge(read(document), read(patch));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(out)) {
            write(generator, merged);
        }
        return out.toByteArray();
    }

    private static @Nullable Object merge(@Nullable Object target, @Nullable Object patch) {
        if (!(patch instanceof Map<?, ?> changes)) {
            return patch;
        }
        Map<Object, @Nullable Object> result = new LinkedHashMap<>();
        if (target instanceof Map<?, ?> fields) {
            result.putAll(fields);
        }
        changes.forEach((name, value) -> {
            if (value == null) {
                result.remove(name);
            } else {
                result.put(name, merge(result.get(name), value));
            }
        });
        return result;
    }

    private @Nullable Object read(byte[] bytes) throws IOException {
        try (JsonParser parser = json.createParser(bytes)) {
            parser.nextToken();
            return value(parser, 0);
        }
    }

    private static @Nullable Object value(JsonParser parser, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("JSON is nested more than " + MAX_DEPTH + " levels deep");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser, depth + 1));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, depth + 1));
            }
            return elements;
        }
        return token == null || token == JsonToken.VALUE_NULL ? null : new Scalar(token, parser.getText());
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> fields) {
            out.writeStartObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                out.writeFieldName(String.valueOf(field.getKey()));
                write(out, field.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof List<?> elements) {
            out.writeStartArray();
            for (Object element : elements) {
                write(out, element);
            }
            out.writeEndArray();
        } else if (value instanceof Scalar scalar) {
            scalar.write(out);
        } else {
            out.writeNull();
        }
    }

    /** A number, string or truth value, numbers in their own digits. */
    private record Scalar(JsonToken token, String text) {
        void write(JsonGenerator out) throws IOException {
            if (token == JsonToken.VALUE_STRING) {
                out.writeString(text);
            } else {
                out.writeRawValue(text);
            }
        }
    }
}
