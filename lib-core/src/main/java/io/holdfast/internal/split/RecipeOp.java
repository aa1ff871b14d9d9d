// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.util.Objects;

/** One step of a {@link Recipe}: the next bytes of the original, and the stream that they come from. Immutable. */
public sealed interface RecipeOp {
    /** No stream of a recipe is longer: 256 TiB. Keeps every sum within a long. */
    long MAX_BYTES = 1L << 48;

    /** The number of bytes of the original that this step yields. */
    long originalBytes();

    /**
     * The next {@code bytes} bytes of stream 0, the body, as they are.
     *
     * @param bytes 1 to {@link #MAX_BYTES}
     */
    record Literal(long bytes) implements RecipeOp {
        public Literal {
            requireLength("literal", bytes);
        }

        @Override
        public long originalBytes() {
            return bytes;
        }
    }

    /**
     * All of one attachment stream, encoded as canonical base64 (RFC 4648 section 4, with padding).
     *
     * @param stream number of the attachment stream, from 1
     * @param decodedBytes length of that stream, 1 to {@link #MAX_BYTES}
     * @param lineLength characters per line, a multiple of 4 and at most {@link #MAX_LINE}; 0: one line, however long
     * @param lineEnd what follows each line
     * @param lastLineEnds whether it follows the last line too
     */
    record Base64Run(int stream, long decodedBytes, int lineLength, LineEnd lineEnd, boolean lastLineEnds)
            implements RecipeOp {
        public static final int MAX_LINE = 8192;

        /** What RFC 2045 prescribes as the most, and nearly everybody writes. */
        public static final int USUAL_LINE = 76;

        public Base64Run {
            requireLength("base64 run", decodedBytes);
            Objects.requireNonNull(lineEnd, "lineEnd");
            if (stream < 1 || stream > Recipe.MAX_ATTACHMENTS) {
                throw new IllegalArgumentException("a base64 run reads stream " + stream
                        + "; attachment streams are numbered 1 to " + Recipe.MAX_ATTACHMENTS);
            }
            if (lineLength < 0 || lineLength > MAX_LINE || lineLength % 4 != 0) {
                throw new IllegalArgumentException("a base64 run has lines of " + lineLength
                        + " characters; it must be a multiple of 4, at most " + MAX_LINE);
            }
        }

        @Override
        public long originalBytes() {
            long characters = (decodedBytes + 2) / 3 * 4;
            long lines = lineLength == 0 ? 1 : (characters + lineLength - 1) / lineLength;
            return characters + (lastLineEnds ? lines : lines - 1) * lineEnd.bytes();
        }
    }

    private static void requireLength(String what, long bytes) {
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a " + what + " of " + bytes + " bytes; it must have 1 to " + MAX_BYTES + " bytes");
        }
    }
}
