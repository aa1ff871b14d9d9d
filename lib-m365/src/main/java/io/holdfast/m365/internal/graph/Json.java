// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** JSON as Graph sends it: numbers and strings come out as they came in. */
public final class Json {
    /** Attachments of 150 MB come as base64 in one string. */
    private static final int LONGEST_STRING = 256 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_STRING)
                    .maxNestingDepth(200)
                    .build())
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * The factory of parsers.
     *
     * @return a factory that takes long strings
     */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /**
     * The reader of trees.
     *
     * @return a mapper that keeps numbers as they are written
     */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads a whole document.
     *
     * @param bytes UTF-8
     * @return its tree
     * @throws IOException if it is no JSON
     */
    public static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    /**
     * An empty object.
     *
     * @return an object to be filled
     */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * The bytes of a tree.
     *
     * @param node the tree
     * @return UTF-8, fields in the tree's order
     */
    public static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A field's text.
     *
     * @param node an object
     * @param field the field's name
     * @return empty if it is absent, null, or no text
     */
    public static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    /**
     * A field's point in time.
     *
     * @param node an object
     * @param field the field's name
     * @return empty if it is absent or no time
     */
    public static Optional<Instant> time(JsonNode node, String field) {
        return text(node, field).flatMap(value -> {
            try {
                return Optional.of(OffsetDateTime.parse(value).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }
}
