// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON; objects are maps in the order of the text, arrays are lists, and null is null. Safe for use by several threads. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * Reads a text.
     *
     * @param text UTF-8
     * @return a map, list, string, number, boolean or null
     * @throws IllegalArgumentException if it is not JSON
     */
    public static @Nullable Object parse(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Reads an object.
     *
     * @param text UTF-8
     * @return its members in their order, for the caller to change
     * @throws IllegalArgumentException if it is not an object
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> parseObject(byte[] text) {
        if (parse(text) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    /**
     * Writes a text.
     *
     * @param value of maps, lists, strings, numbers, booleans and null
     * @return UTF-8
     */
    public static byte[] bytes(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Makes an object.
     *
     * @param namesAndValues a name, its value, the next name and so on
     * @return the object, for the caller to change
     */
    public static Map<String, Object> object(@Nullable Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    /**
     * The object that a member is.
     *
     * @param parent an object
     * @param name the member's name
     * @return its members; none if there is no such member or it is no object
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> child(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
    }

    /**
     * The objects that a member lists.
     *
     * @param parent an object
     * @param name the member's name
     * @return the objects; none if there is no such member or it is no array
     */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> children(Map<String, Object> parent, String name) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (parent.get(name) instanceof List<?> list) {
            list.stream().filter(Map.class::isInstance).forEach(each -> objects.add((Map<String, Object>) each));
        }
        return objects;
    }

    /**
     * A member as text.
     *
     * @param parent an object
     * @param name the member's name
     * @return empty if there is no such member or it is null
     */
    public static String text(Map<String, Object> parent, String name) {
        Object value = parent.get(name);
        return value == null ? "" : value.toString();
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("the JSON is empty");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : object.entrySet()) {
                generator.writeFieldName(String.valueOf(member.getKey()));
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            generator.writeStartArray();
            for (Object each : array) {
                write(generator, each);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else {
            generator.writeString(value.toString());
        }
    }
}
