// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Brings a JSON document (RFC 8259) into the one form by which two renderings of it are recognised: members sorted by
 * name (by UTF-16 code units), no white space, numbers and strings in one spelling, UTF-8 (FORMAT.md, "Canonical JSON").
 *
 * <p>As RFC 8785, but numbers keep all their digits (a large id must not become another one): the exact decimal value is
 * written the way ECMAScript lays out its digits; and a surrogate that stands alone is written as an escape, since
 * services do send them. Where RFC 8785 accepts a document and every number is the shortest spelling of a double, the two
 * agree.
 *
 * <p>Arrays outside objects stream; an object is held until its end, for sorting: up to {@code maxObjectBytes} for the
 * outermost one with all that it holds, and twice that while it is sorted. Immutable, safe for use by many threads.
 */
public final class JsonCanonical {
    /** The version of the rules, to be stored beside each hash. */
    public static final int RULES = 1;

    public static final int DEFAULT_MAX_OBJECT_BYTES = 32 << 20;
    private static final int MAX_DEPTH = 256;
    private static final int MAX_NAME = 50_000;

    private final int maxObjectBytes;
    private final JsonFactory factory;

    public JsonCanonical() {
        this(DEFAULT_MAX_OBJECT_BYTES);
    }

    /**
     * Canonical form with another bound on memory.
     *
     * @param maxObjectBytes canonical bytes of the largest outermost object, at least 2
     */
    public JsonCanonical(int maxObjectBytes) {
        if (maxObjectBytes < 2) {
            throw new IllegalArgumentException("maxObjectBytes is " + maxObjectBytes + "; it must be at least 2");
        }
        this.maxObjectBytes = maxObjectBytes;
        this.factory = JsonFactory.builder()
                // Names are as many as senders like: interning or caching them would let them fill the heap.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(maxObjectBytes)
                        .maxNameLength(MAX_NAME)
                        .build())
                .build();
    }

    /**
     * Feeds the canonical form of a document to a digest.
     *
     * @param json one document in UTF-8 (or UTF-16, UTF-32: detected); stays open
     * @throws IOException as {@link #write}; the digest is of no use then
     */
    public void update(MessageDigest digest, InputStream json) throws IOException {
        write(json, new OutputStream() {
            @Override
            public void write(int b) {
                digest.update((byte) b);
            }

            @Override
            public void write(byte[] b, int off, int len) {
                digest.update(b, off, len);
            }
        });
    }

    /**
     * Writes the canonical form of a document.
     *
     * @param json one document; stays open
     * @param canonical stays open
     * @throws IOException if it is not exactly one JSON document, has a name twice in one object, is nested deeper than
     *     {@value #MAX_DEPTH} or holds more than {@code maxObjectBytes} in an object; the message names the place and
     *     quotes no content
     */
    public void write(InputStream json, OutputStream canonical) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            JsonText out = new JsonText(canonical, maxObjectBytes);
            try {
                copyValue(parser, parser.nextToken(), out);
                if (parser.nextToken() != null) {
                    throw new JsonFormException("goes on after its end");
                }
            } catch (JsonFormException e) {
                throw refusal(parser, e.problem());
            } catch (StreamConstraintsException e) {
                throw refusal(parser, "exceeds a limit of depth, name, number or string length");
            } catch (JsonEOFException e) {
                throw refusal(parser, "ends too early");
            } catch (JsonProcessingException e) {
                // Its message quotes the document.
                throw refusal(parser, "is not well-formed");
            }
            out.finish();
        }
    }

    private static IOException refusal(JsonParser parser, String problem) {
        var place = parser.currentLocation();
        return new IOException(
                "the JSON document " + problem + ", at line " + place.getLineNr() + " column " + place.getColumnNr());
    }

    private static void copyValue(JsonParser parser, @Nullable JsonToken token, JsonText out) throws IOException {
        if (token == null) {
            throw new JsonFormException("is empty");
        }
        switch (token) {
            case START_OBJECT -> copyObject(parser, out);
            case START_ARRAY -> copyArray(parser, out);
            case VALUE_STRING -> out.string(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.number(parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.ascii(token.asString());
            default -> throw new JsonFormException("is not well-formed");
        }
    }

    private static void copyArray(JsonParser parser, JsonText out) throws IOException {
        out.ascii("[");
        boolean first = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            out.ascii(first ? "" : ",");
            first = false;
            copyValue(parser, token, out);
        }
        out.ascii("]");
    }

    private static void copyObject(JsonParser parser, JsonText out) throws IOException {
        JsonText.Members members = out.startObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            members.start(name);
            out.string(name);
            out.ascii(":");
            copyValue(parser, parser.nextToken(), out);
        }
        out.endObject(members);
    }
}
