// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON document, read into maps, lists, texts, numbers and truths; whatever follows it is an error. */
final class JsonText {
    private final @Nullable Object value;

    private JsonText(@Nullable Object value) {
        this.value = value;
    }

    static JsonText of(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            JsonText read = new JsonText(value(parser));
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one document: " + text);
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    /** A member of an object; a path of names separated by points. */
    JsonText at(String path) {
        Object at = value;
        for (String name : path.split("\\.")) {
            if (!(at instanceof Map<?, ?> members) || !members.containsKey(name)) {
                throw new AssertionError("no member '" + name + "' of '" + path + "' in " + value);
            }
            at = members.get(name);
        }
        return new JsonText(at);
    }

    long number(String path) {
        return (Long) at(path).any();
    }

    double fraction(String path) {
        return ((Number) at(path).any()).doubleValue();
    }

    String text(String path) {
        return (String) at(path).any();
    }

    boolean isNull() {
        return value == null;
    }

    /** The names of an object's members, in order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        ((Map<?, ?>) any()).keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    List<JsonText> elements() {
        List<JsonText> elements = new ArrayList<>();
        ((List<?>) any()).forEach(each -> elements.add(new JsonText(each)));
        return elements;
    }

    private Object any() {
        Object present = value;
        if (present == null) {
            throw new AssertionError("null where a value belongs");
        }
        return present;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
