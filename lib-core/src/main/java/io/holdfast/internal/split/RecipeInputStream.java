// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import io.holdfast.internal.split.RecipeOp.Literal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts an original together while it is read. Used by one thread. */
final class RecipeInputStream extends InputStream {
    /** A multiple of 3, so that only the last block of a run is padded. */
    private static final int BLOCK_BYTES = 12 << 10;

    private static final Base64.Encoder ENCODER = Base64.getEncoder();

    private final Recipe.StreamSource streams;
    private final Iterator<RecipeOp> ops;
    private @Nullable InputStream body;
    private @Nullable InputStream attachment;
    private @Nullable Base64Run run;
    private long literalLeft;
    private long attachmentLeft;
    private int column;
    private byte[] block = new byte[0];
    private byte[] characters = new byte[0];
    private byte[] lines = new byte[0];
    private int position;
    private int limit;
    private boolean finished;
    private boolean closed;

    RecipeInputStream(Recipe recipe, Recipe.StreamSource streams) {
        this.streams = streams;
        this.ops = recipe.ops().iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        if (closed) {
            throw new IOException("the original was closed before it was read");
        }
        if (len == 0) {
            return 0;
        }
        while (position == limit && literalLeft == 0) {
            if (!advance()) {
                return -1;
            }
        }
        if (literalLeft > 0) {
            return readLiteral(b, off, len);
        }
        int count = Math.min(len, limit - position);
        System.arraycopy(lines, position, b, off, count);
        position += count;
        return count;
    }

    private int readLiteral(byte[] b, int off, int len) throws IOException {
        int count = openBody().read(b, off, (int) Math.min(len, literalLeft));
        if (count < 0) {
            throw new EOFException("stream 0 (body) ends at least " + literalLeft + " bytes before its recipe");
        }
        literalLeft -= count;
        return count;
    }

    private boolean advance() throws IOException {
        if (run != null) {
            fill(run);
            return true;
        }
        if (ops.hasNext()) {
            start(ops.next());
            return true;
        }
        if (!finished) {
            finished = true;
            requireEnd(openBody(), 0);
        }
        return false;
    }

    private void start(RecipeOp op) throws IOException {
        if (op instanceof Literal literal) {
            literalLeft = literal.bytes();
        } else if (op instanceof Base64Run next) {
            run = next;
            attachment = streams.open(next.stream());
            attachmentLeft = next.decodedBytes();
            column = 0;
            if (block.length == 0) {
                block = new byte[BLOCK_BYTES];
                characters = new byte[BLOCK_BYTES / 3 * 4];
            }
        }
    }

    /** Encodes the next block of the current attachment into {@code lines}. */
    private void fill(Base64Run current) throws IOException {
        InputStream in = Objects.requireNonNull(attachment);
        int wanted = (int) Math.min(BLOCK_BYTES, attachmentLeft);
        int read = in.readNBytes(block, 0, wanted);
        if (read < wanted) {
            throw new EOFException("stream " + current.stream() + " (attachment) ends " + (attachmentLeft - read)
                    + " bytes before its recipe");
        }
        attachmentLeft -= read;
        byte[] plain = read == BLOCK_BYTES ? block : Arrays.copyOf(block, read);
        int encoded = ENCODER.encode(plain, characters);
        breakLines(current, encoded);
        if (attachmentLeft == 0) {
            if (current.lastLineEnds()) {
                limit = current.lineEnd().put(lines, limit);
            }
            requireEnd(in, current.stream());
            in.close();
            attachment = null;
            run = null;
        }
    }

    /** Copies the characters into {@code lines} and puts a line end before each that would exceed its line. */
    private void breakLines(Base64Run current, int encoded) {
        int line = current.lineLength() == 0 ? Integer.MAX_VALUE : current.lineLength();
        int needed = encoded + (encoded / line + 2) * current.lineEnd().bytes();
        if (lines.length < needed) {
            lines = new byte[needed];
        }
        position = 0;
        limit = 0;
        for (int from = 0; from < encoded; ) {
            if (column == line) {
                limit = current.lineEnd().put(lines, limit);
                column = 0;
            }
            int count = Math.min(line - column, encoded - from);
            System.arraycopy(characters, from, lines, limit, count);
            limit += count;
            from += count;
            column = current.lineLength() == 0 ? 0 : column + count;
        }
    }

    private InputStream openBody() throws IOException {
        if (body == null) {
            body = streams.open(0);
        }
        return body;
    }

    private static void requireEnd(InputStream in, int stream) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("stream " + stream + " goes on after the end that its recipe gives");
        }
    }

    @Override
    public void close() throws IOException {
        InputStream openBody = body;
        InputStream openAttachment = attachment;
        body = null;
        attachment = null;
        closed = true;
        try (openBody) {
            if (openAttachment != null) {
                openAttachment.close();
            }
        }
    }
}
