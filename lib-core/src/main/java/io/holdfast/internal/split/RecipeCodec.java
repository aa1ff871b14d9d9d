// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import io.holdfast.internal.split.RecipeOp.Literal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a {@link Recipe}, format version 1 (FORMAT.md, "Recipes"):
 *
 * <pre>
 * recipe  = 01  count  literal  count * (run literal)
 * count   = varint                    number of runs, at most 1024
 * literal = varint                    bytes of stream 0, 0 if none
 * run     = flags  [ line ]  decoded
 * flags   = 1 byte                    bit 0: CRLF (else LF); bit 1: the last line ends; bits 2-3: 0 = lines of 76,
 *                                     1 = line follows, 2 = one unbroken line; others are zero
 * line    = varint                    characters per line, a multiple of 4 from 4 to 8192, not 76
 * decoded = varint                    bytes of the run's stream, at least 1; run i uses stream i
 * </pre>
 *
 * A varint is unsigned LEB128 in its shortest form. There is exactly one encoding of a recipe; everything else is refused.
 */
final class RecipeCodec {
    static final int VERSION = 1;
    private static final int CRLF_FLAG = 1;
    private static final int LAST_LINE_ENDS_FLAG = 2;
    private static final int LAYOUT_SHIFT = 2;
    private static final int USUAL_LAYOUT = 0;
    private static final int OTHER_LAYOUT = 1;
    private static final int UNBROKEN_LAYOUT = 2;

    private RecipeCodec() {}

    static byte[] encode(Recipe recipe) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        putVarint(out, recipe.attachments());
        long literal = 0;
        for (RecipeOp op : recipe.ops()) {
            if (op instanceof Base64Run run) {
                putVarint(out, literal);
                putRun(out, run);
                literal = 0;
            } else {
                literal = op.originalBytes();
            }
        }
        putVarint(out, literal);
        return out.toByteArray();
    }

    private static void putRun(ByteArrayOutputStream out, Base64Run run) {
        int layout = switch (run.lineLength()) {
            case Base64Run.USUAL_LINE -> USUAL_LAYOUT;
            case 0 -> UNBROKEN_LAYOUT;
            default -> OTHER_LAYOUT;
        };
        out.write((run.lineEnd() == LineEnd.CRLF ? CRLF_FLAG : 0)
                | (run.lastLineEnds() ? LAST_LINE_ENDS_FLAG : 0)
                | layout << LAYOUT_SHIFT);
        if (layout == OTHER_LAYOUT) {
            putVarint(out, run.lineLength());
        }
        putVarint(out, run.decodedBytes());
    }

    static Recipe decode(byte[] encoded) throws IOException {
        Reader in = new Reader(encoded);
        int version = in.next();
        if (version != VERSION) {
            throw new IOException("a recipe has format version " + version + "; this engine reads version " + VERSION);
        }
        int count = (int) in.varint(Recipe.MAX_ATTACHMENTS);
        List<RecipeOp> ops = new ArrayList<>(2 * count + 1);
        addLiteral(ops, in);
        for (int stream = 1; stream <= count; stream++) {
            ops.add(run(in, stream));
            addLiteral(ops, in);
        }
        if (in.at != encoded.length) {
            throw new IOException("a recipe ends after " + in.at + " bytes, but has " + encoded.length);
        }
        return new Recipe(ops);
    }

    private static void addLiteral(List<RecipeOp> ops, Reader in) throws IOException {
        long bytes = in.varint(RecipeOp.MAX_BYTES);
        if (bytes > 0) {
            ops.add(new Literal(bytes));
        }
    }

    private static Base64Run run(Reader in, int stream) throws IOException {
        int flags = in.next();
        int layout = flags >> LAYOUT_SHIFT;
        int line = switch (layout) {
            case USUAL_LAYOUT -> Base64Run.USUAL_LINE;
            case UNBROKEN_LAYOUT -> 0;
            case OTHER_LAYOUT -> (int) in.varint(Base64Run.MAX_LINE);
            default -> throw new IOException("a recipe has unknown flags " + flags + " at byte " + (in.at - 1));
        };
        if (layout == OTHER_LAYOUT && (line == 0 || line % 4 != 0 || line == Base64Run.USUAL_LINE)) {
            throw new IOException("a recipe has a base64 run with lines of " + line + " characters");
        }
        long decoded = in.varint(RecipeOp.MAX_BYTES);
        if (decoded == 0) {
            throw new IOException("a recipe has an empty base64 run, stream " + stream);
        }
        LineEnd lineEnd = (flags & CRLF_FLAG) == 0 ? LineEnd.LF : LineEnd.CRLF;
        return new Base64Run(stream, decoded, line, lineEnd, (flags & LAST_LINE_ENDS_FLAG) != 0);
    }

    private static void putVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        int next() throws IOException {
            if (at == bytes.length) {
                throw new IOException("a recipe is cut off after " + at + " bytes");
            }
            return bytes[at++] & 0xff;
        }

        long varint(long max) throws IOException {
            int start = at;
            long value = 0;
            for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
                int next = next();
                value |= (long) (next & 0x7f) << shift;
                if (next < 0x80) {
                    if (next == 0 && shift > 0) {
                        throw new IOException("a recipe has a number in a longer form than needed at byte " + start);
                    }
                    if (value > max) {
                        throw new IOException(
                                "a recipe has " + value + " at byte " + start + "; at most " + max + " is allowed");
                    }
                    return value;
                }
            }
            throw new IOException("a recipe has a number of more than nine bytes at byte " + start);
        }
    }
}
