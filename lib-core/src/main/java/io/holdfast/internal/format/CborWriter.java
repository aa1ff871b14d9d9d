// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes one CBOR map (RFC 8949) in one fixed form: definite lengths, fields by number in ascending order (FORMAT.md, "Bodies").
 *
 * <p>For one thread. The caller gives the number of fields before it writes them; a map that has more or fewer is a fault of the
 * codec and fails.
 */
public final class CborWriter {
    private static final CBORFactory CBOR = new CBORFactory();

    private final CBORGenerator out;

    private CborWriter(CBORGenerator out) {
        this.out = out;
    }

    /** What writes to a CBOR generator and may fail as it does. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    /**
     * Writes a whole body.
     *
     * @param fields how many fields the outermost map has
     * @param content writes them
     * @return the encoded map
     */
    public static byte[] write(int fields, Consumer<CborWriter> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        inMemory(() -> {
            try (CBORGenerator generator = CBOR.createGenerator(bytes)) {
                new CborWriter(generator).map(fields, content);
            }
        });
        return bytes.toByteArray();
    }

    /**
     * Writes a map as the value that is due.
     *
     * @param fields how many fields it has
     * @param content writes them
     */
    public void map(int fields, Consumer<CborWriter> content) {
        inMemory(() -> out.writeStartObject(this, fields));
        content.accept(this);
        inMemory(out::writeEndObject);
    }

    /**
     * Names the field whose value comes next.
     *
     * @param id its number, at least 1, above all before it
     * @return this writer
     */
    public CborWriter field(int id) {
        inMemory(() -> out.writeFieldId(id));
        return this;
    }

    /**
     * Writes a whole number.
     *
     * @param value the number
     */
    public void number(long value) {
        inMemory(() -> out.writeNumber(value));
    }

    /**
     * Writes text.
     *
     * @param value the text
     */
    public void text(String value) {
        inMemory(() -> out.writeString(value));
    }

    /**
     * Writes bytes.
     *
     * @param value the bytes
     */
    public void bytes(byte[] value) {
        inMemory(() -> out.writeBinary(value));
    }

    /**
     * Writes yes or no.
     *
     * @param value which
     */
    public void flag(boolean value) {
        inMemory(() -> out.writeBoolean(value));
    }

    /** Writes that there is no value. */
    public void absent() {
        inMemory(out::writeNull);
    }

    /**
     * Writes a time as seconds since 1970 and nanoseconds.
     *
     * @param value the time
     */
    public void time(Instant value) {
        inMemory(() -> {
            out.writeStartArray(this, 2);
            out.writeNumber(value.getEpochSecond());
            out.writeNumber(value.getNano());
            out.writeEndArray();
        });
    }

    /**
     * Writes a list.
     *
     * @param values the values, in order
     * @param each writes one of them
     * @param <T> what they are
     */
    public <T> void list(Collection<? extends T> values, BiConsumer<CborWriter, T> each) {
        inMemory(() -> out.writeStartArray(this, values.size()));
        values.forEach(value -> each.accept(this, value));
        inMemory(out::writeEndArray);
    }

    private static void inMemory(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a body in memory", e);
        }
    }
}
