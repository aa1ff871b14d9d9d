// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import io.holdfast.internal.split.RecipeOp.Literal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a message in its original bytes (message/rfc822) at its joints: each large base64 part becomes a stream of its
 * decoded bytes, so that it is stored once however many messages and drives hold it; all else stays as it is, in one
 * stream, the body. The {@link Recipe} puts the exact original together again.
 *
 * <p>Nothing is guessed: what goes into an attachment has been encoded again and compared, line for line, and whatever is
 * irregular (another line length, a foreign character, bits set in the padding, mixed line ends) stays in the body from
 * there to the end of its part. So any bytes at all can be split; what is not a message comes out as body alone.
 *
 * <p>Reads once, strictly forward, in constant memory (about 180 KiB with the default threshold). Used by one thread at a
 * time; keep and reuse it, for its buffers.
 */
public final class MimeSplitter {
    /** Parts that decode to less stay in the body: 8 KiB. */
    public static final int DEFAULT_THRESHOLD_BYTES = 8 << 10;

    public static final int LARGEST_THRESHOLD_BYTES = 1 << 20;

    private final ByteWindow window;
    private final Base64Reader base64;

    public MimeSplitter() {
        this(DEFAULT_THRESHOLD_BYTES);
    }

    /**
     * A splitter that makes attachments of parts from a size up.
     *
     * @param thresholdBytes decoded bytes, 1 to {@link #LARGEST_THRESHOLD_BYTES}
     */
    public MimeSplitter(int thresholdBytes) {
        if (thresholdBytes < 1 || thresholdBytes > LARGEST_THRESHOLD_BYTES) {
            throw new IllegalArgumentException("the threshold is " + thresholdBytes + " bytes; it must be 1 to "
                    + LARGEST_THRESHOLD_BYTES + " bytes");
        }
        this.window = new ByteWindow(Base64Reader.windowBytes(thresholdBytes));
        this.base64 = new Base64Reader(window, thresholdBytes);
    }

    /**
     * Reads a message to its end and hands its streams to the sink.
     *
     * @param original stays open
     * @throws IOException what the stream or the sink threw; the split cannot be continued then
     */
    public Recipe split(InputStream original, SplitSink sink) throws IOException {
        Writer writer = new Writer(sink);
        scan(original, writer);
        return writer.recipe();
    }

    /**
     * As {@link #split(InputStream, SplitSink)}, and computes the canonical hash in the same pass.
     *
     * @param canonical fresh; has the hash afterwards
     */
    public Recipe split(InputStream original, SplitSink sink, MimeHash canonical) throws IOException {
        Writer writer = new Writer(sink);
        scan(original, new BothEvents(writer, canonical.events()));
        return writer.recipe();
    }

    void scan(InputStream original, MimeEvents events) throws IOException {
        new MimeScanner(window, base64, events).scan(original);
    }

    /** Turns the scanner's findings into streams and steps. */
    private static final class Writer implements MimeEvents {
        private final SplitSink sink;
        private final List<RecipeOp> ops = new ArrayList<>();
        private long literal;
        private int stream;

        Writer(SplitSink sink) {
            this.sink = sink;
        }

        Recipe recipe() {
            endLiteral();
            return new Recipe(ops);
        }

        private void literal(byte[] b, int off, int len) throws IOException {
            literal += len;
            sink.body(b, off, len);
        }

        private void endLiteral() {
            if (literal > 0) {
                ops.add(new Literal(literal));
                literal = 0;
            }
        }

        @Override
        public void entityStart() {}

        @Override
        public void headers(byte[] b, int off, int len) throws IOException {
            literal(b, off, len);
        }

        @Override
        public void bodyStart(PartHeaders headers, boolean composite) {}

        @Override
        public void body(byte[] b, int off, int len) throws IOException {
            literal(b, off, len);
        }

        @Override
        public void runStart() throws IOException {
            endLiteral();
            stream++;
            sink.attachmentStart(stream);
        }

        @Override
        public void runBytes(byte[] b, int off, int len) throws IOException {
            sink.attachment(b, off, len);
        }

        @Override
        public void runEnd(long decodedBytes, int lineLength, LineEnd lineEnd, boolean lastLineEnds)
                throws IOException {
            ops.add(new Base64Run(stream, decodedBytes, lineLength, lineEnd, lastLineEnds));
            sink.attachmentEnd(stream);
        }

        @Override
        public void filler(byte[] b, int off, int len) throws IOException {
            literal(b, off, len);
        }

        @Override
        public void entityEnd(boolean byDelimiter) {}
    }
}
