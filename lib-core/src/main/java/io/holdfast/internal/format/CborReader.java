// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one CBOR map that {@link CborWriter} wrote, field by field in the fixed order, and holds every value to a limit.
 *
 * <p>For one thread. What does not fit is refused with {@code REPOSITORY_DAMAGED}, what is too large with {@code FORMAT_LIMIT}; both name
 * the object. Behind the last known field of a map, fields numbered 64 and above are skipped, since a newer version may add
 * what older ones can do without; an unknown field below 64 is refused. A length that stands in the bytes is never allocated before it
 * is held to the bytes that there are.
 */
public final class CborReader {
    /** From this number on, fields that a reader does not know are skipped. */
    static final int FIRST_OPTIONAL_FIELD = 64;

    private static final int MAX_DEPTH_OF_SKIPPED = 16;
    private static final CBORFactory CBOR = new CBORFactory();

    private final String object;
    private final CBORParser in;
    private @Nullable JsonToken token;

    private CborReader(String object, CBORParser in) {
        this.object = object;
        this.in = in;
    }

    /** What reads from a CBOR parser and may fail as it does. */
    @FunctionalInterface
    private interface Reading<T> {
        T run() throws IOException;
    }

    /**
     * Reads a whole body.
     *
     * @param object the object that it stands in, for messages
     * @param bytes the encoded map, and nothing else
     * @param content reads its fields
     * @param <T> what they make
     * @return what the content made
     * @throws RepositoryException if the bytes are not such a map
     */
    public static <T> T read(String object, byte[] bytes, Function<CborReader, T> content) {
        try (CBORParser parser = CBOR.createParser(bytes)) {
            CborReader reader = new CborReader(object, parser);
            reader.advance();
            T result = reader.map(content);
            if (reader.token != null || parser.currentLocation().getByteOffset() != bytes.length) {
                throw reader.damaged("has bytes behind its end");
            }
            return result;
        } catch (IOException e) {
            throw damaged(object, "is not well-formed", e);
        } catch (IllegalArgumentException refused) {
            throw damaged(object, "holds a value that cannot be: " + refused.getMessage(), refused);
        }
    }

    /**
     * Reads a map.
     *
     * @param content reads its fields, in ascending order
     * @param <T> what they make
     * @return what the content made
     */
    public <T> T map(Function<CborReader, T> content) {
        expect(JsonToken.START_OBJECT, "a map");
        T result = content.apply(this);
        skipUnknownFields();
        expect(JsonToken.END_OBJECT, "the end of a map");
        return result;
    }

    /**
     * Goes to the value of a field, which must be the next one.
     *
     * @param id its number
     * @return this reader
     */
    public CborReader field(int id) {
        if (token != JsonToken.FIELD_NAME || fieldNumber() != id) {
            throw damaged("lacks field " + id);
        }
        advance();
        return this;
    }

    /**
     * Reads a whole number.
     *
     * @param least the least that it may be
     * @param most the most
     * @return the number
     */
    public long number(long least, long most) {
        long value = take(JsonToken.VALUE_NUMBER_INT, "a whole number", this::longValue);
        if (value < least || value > most) {
            throw limit("number " + value + " outside " + least + ".." + most);
        }
        return value;
    }

    private long longValue() throws IOException {
        JsonParser.NumberType type = in.getNumberType();
        if (type != JsonParser.NumberType.INT && type != JsonParser.NumberType.LONG) {
            throw limit("number of more than 64 bits");
        }
        return in.getLongValue();
    }

    /**
     * Reads a number that is not negative.
     *
     * @return 0 or more
     */
    public long count() {
        return number(0, Long.MAX_VALUE);
    }

    /**
     * Reads text.
     *
     * @param most how many characters it may have
     * @return the text
     */
    public String text(int most) {
        String value = take(JsonToken.VALUE_STRING, "text", in::getText);
        if (value.length() > most) {
            throw limit("text of " + value.length() + " characters; allowed are " + most);
        }
        return value;
    }

    /**
     * Reads bytes.
     *
     * @param least how many there must be
     * @param most how many there may be
     * @return the bytes
     */
    public byte[] bytes(int least, int most) {
        // The parser allocates no more than the input has, and the input was held to a limit.
        byte[] value = take(JsonToken.VALUE_EMBEDDED_OBJECT, "bytes", in::getBinaryValue);
        if (value.length < least || value.length > most) {
            throw limit(value.length + " bytes; allowed are " + least + " to " + most);
        }
        return value;
    }

    /**
     * Reads yes or no.
     *
     * @return which
     */
    public boolean flag() {
        boolean value = token == JsonToken.VALUE_TRUE;
        if (!value && token != JsonToken.VALUE_FALSE) {
            throw damaged("has " + token + " where yes or no belongs");
        }
        advance();
        return value;
    }

    /**
     * Reads a time.
     *
     * @return the time
     */
    public Instant time() {
        expect(JsonToken.START_ARRAY, "a time");
        long seconds = number(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
        long nanos = number(0, 999_999_999);
        expect(JsonToken.END_ARRAY, "the end of a time");
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw damaged(object, "has the time " + seconds + "." + nanos, e);
        }
    }

    /**
     * Reads a value that may be absent.
     *
     * @param value reads it if it is there
     * @param <T> what it is
     * @return the value or nothing
     */
    public <T> Optional<T> optional(Function<CborReader, T> value) {
        if (token == JsonToken.VALUE_NULL) {
            advance();
            return Optional.empty();
        }
        return Optional.of(value.apply(this));
    }

    /**
     * Reads a list.
     *
     * @param most how many values it may have
     * @param each reads one value
     * @param <T> what the values are
     * @return the values, in order
     */
    public <T> List<T> list(int most, Function<CborReader, T> each) {
        expect(JsonToken.START_ARRAY, "a list");
        List<T> values = new ArrayList<>();
        while (token != JsonToken.END_ARRAY) {
            if (values.size() == most) {
                throw limit("a list of more than " + most + " values");
            }
            values.add(each.apply(this));
        }
        advance();
        return values;
    }

    /**
     * The error for a value that the caller refuses.
     *
     * @param what what is wrong, such as {@code names another lineage}
     * @return the error, which the caller throws
     */
    public RepositoryException damaged(String what) {
        return damaged(object, what, null);
    }

    private RepositoryException limit(String what) {
        return new RepositoryException(
                ErrorCode.FORMAT_LIMIT,
                "object '" + object + "' has " + what,
                "Use the version of Holdfast that wrote it, or run verify if it was this one");
    }

    private static RepositoryException damaged(String object, String what, @Nullable Throwable cause) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + object + "' " + what,
                "Run verify to learn what else is damaged",
                cause);
    }

    private void skipUnknownFields() {
        int last = 0;
        while (token == JsonToken.FIELD_NAME) {
            int id = fieldNumber();
            if (id < FIRST_OPTIONAL_FIELD || id <= last) {
                throw damaged("has the field " + id + ", which this version does not know there");
            }
            last = id;
            advance();
            skipValue(0);
        }
    }

    private void skipValue(int depth) {
        if (depth > MAX_DEPTH_OF_SKIPPED) {
            throw damaged("nests more than " + MAX_DEPTH_OF_SKIPPED + " values");
        }
        JsonToken start = token;
        advance();
        if (start == JsonToken.START_ARRAY) {
            while (token != JsonToken.END_ARRAY) {
                skipValue(depth + 1);
            }
            advance();
        } else if (start == JsonToken.START_OBJECT) {
            while (token == JsonToken.FIELD_NAME) {
                advance();
                skipValue(depth + 1);
            }
            expect(JsonToken.END_OBJECT, "the end of a map");
        } else if (start == null || !start.isScalarValue()) {
            throw damaged("ends too early");
        }
    }

    private int fieldNumber() {
        String name = reading(in::currentName);
        try {
            return Integer.parseInt(name);
        } catch (NumberFormatException e) {
            throw damaged(object, "has a field that is not named by a number", e);
        }
    }

    private void expect(JsonToken wanted, String what) {
        take(wanted, what, () -> wanted);
    }

    private <T> T take(JsonToken wanted, String what, Reading<T> value) {
        if (token != wanted) {
            throw damaged("has " + token + " where " + what + " belongs");
        }
        T result = reading(value);
        advance();
        return result;
    }

    private void advance() {
        try {
            token = in.nextToken();
        } catch (IOException e) {
            throw damaged(object, "is not well-formed", e);
        }
    }

    private <T> T reading(Reading<T> value) {
        try {
            return value.run();
        } catch (IOException e) {
            throw damaged(object, "is not well-formed", e);
        }
    }
}
