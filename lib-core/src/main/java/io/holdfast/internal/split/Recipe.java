// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * How the exact original of a split message is put together again from its streams: stream 0, the body, holds all that
 * stayed as it was; streams 1 to n hold the attachments, decoded.
 *
 * <p>The steps are in the order of the original. Each attachment stream is used by exactly one step, in rising order, and
 * literals never stand side by side, so that one original has one recipe. Immutable, safe for use by many threads.
 *
 * @param ops the steps, none for an empty original
 */
public record Recipe(List<RecipeOp> ops) {
    /** A message with more attachments keeps the rest in its body. Bounds the encoding to about 25 KiB. */
    public static final int MAX_ATTACHMENTS = 1024;

    public Recipe {
        ops = List.copyOf(ops);
        int streams = 0;
        boolean afterLiteral = false;
        for (RecipeOp op : ops) {
            boolean literal = op instanceof RecipeOp.Literal;
            if (literal && afterLiteral) {
                throw new IllegalArgumentException("a recipe must not have two literals side by side");
            }
            if (op instanceof RecipeOp.Base64Run run && run.stream() != ++streams) {
                throw new IllegalArgumentException(
                        "a recipe names stream " + run.stream() + " where stream " + streams + " is due");
            }
            afterLiteral = literal;
        }
    }

    /** Reads back what {@link #encode()} wrote. */
    public static Recipe decode(byte[] encoded) throws IOException {
        return RecipeCodec.decode(encoded);
    }

    /** The compact binary form, format version 1 (FORMAT.md, "Recipes"). */
    public byte[] encode() {
        return RecipeCodec.encode(this);
    }

    /** Number of attachment streams. */
    public int attachments() {
        return (int) ops.stream().filter(RecipeOp.Base64Run.class::isInstance).count();
    }

    /**
     * Length of a stream in bytes.
     *
     * @param stream 0 for the body, 1 to {@link #attachments()} for an attachment
     */
    public long streamBytes(int stream) {
        if (stream < 0 || stream > attachments()) {
            throw new IllegalArgumentException(
                    "stream " + stream + " of a recipe that has streams 0 to " + attachments());
        }
        long bytes = 0;
        for (RecipeOp op : ops) {
            if (op instanceof RecipeOp.Literal literal && stream == 0) {
                bytes += literal.bytes();
            } else if (op instanceof RecipeOp.Base64Run run && run.stream() == stream) {
                bytes += run.decodedBytes();
            }
        }
        return bytes;
    }

    /** Length of the original in bytes. */
    public long originalBytes() {
        return ops.stream().mapToLong(RecipeOp::originalBytes).sum();
    }

    /**
     * The original as a stream, put together while it is read, in constant memory (about 40 KiB).
     *
     * @param streams each stream is opened at most once, read strictly forward and closed; the body stays open beside one
     *     attachment
     * @return to be closed by the caller; reading throws {@link IOException} when a stream is shorter or longer than the
     *     recipe says. That bytes are right is for the caller's hash of the original to prove
     */
    public InputStream original(StreamSource streams) {
        return new RecipeInputStream(this, streams);
    }

    /** Writes the original to {@code out}, which stays open; else as {@link #original}. */
    public void reassemble(StreamSource streams, OutputStream out) throws IOException {
        try (InputStream original = original(streams)) {
            original.transferTo(out);
        }
    }

    /** Where the streams of a split message are read from. */
    @FunctionalInterface
    public interface StreamSource {
        /**
         * Opens a stream at its start.
         *
         * @param stream 0 for the body, from 1 for an attachment
         */
        InputStream open(int stream) throws IOException;
    }
}
