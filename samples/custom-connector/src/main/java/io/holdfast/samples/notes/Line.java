// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the journal: an object whose values are texts.
 *
 * @param start where it begins in the file
 * @param end where the next one begins
 * @param fields its fields; empty if it is no such object
 */
record Line(long start, long end, Map<String, String> fields) {
    private static final JsonFactory JSON = new JsonFactory();

    static Line parse(long start, long end, byte[] bytes, int length) {
        try (JsonParser parser = JSON.createParser(bytes, 0, length)) {
            return new Line(start, end, fields(parser));
        } catch (IOException notJson) {
            return new Line(start, end, Map.of());
        }
    }

    static Map<String, String> fields(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            return fields(parser);
        }
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Map.of();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    static byte[] json(Map<String, String> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                out.writeStringField(field.getKey(), field.getValue());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }
}
