// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The canonical hash of one message in the making. Good for one pass, used by one thread.
 *
 * <p>It is the SHA-256 of {@code "holdfast mime 1" 00 entity}, with
 *
 * <pre>
 * entity = 'E' fields type ( 'C' entity* | 'L' length digest ) 'e'
 * fields = ( count digest*count )* 00000000     groups of up to 1,024 field digests, each group sorted, count in 4 bytes
 * type   = length string                        4 bytes; the canonical Content-Type in ISO-8859-1
 * length = 8 bytes                              bytes of the decoded body
 * digest = 32 bytes                             SHA-256 of the decoded body, or of "name:value" of a field
 * </pre>
 */
public final class MimeHash {
    private static final byte[] LABEL = "holdfast mime 1\0".getBytes(StandardCharsets.US_ASCII);

    private final Events events;
    private byte @Nullable [] value;

    MimeHash(MimeCanonical rules) {
        this.events = new Events(rules);
    }

    MimeEvents events() {
        return events;
    }

    /** The hash, 32 bytes, once the pass is complete. */
    public byte[] value() {
        if (value == null) {
            value = events.finish();
        }
        return value.clone();
    }

    private static final class Events implements MimeEvents {
        private final MessageDigest tree;
        private final FieldDigests fields;
        private final DigestStage leaf;
        private @Nullable BodyStage body;
        private @Nullable BodyStage decoded;
        private int depth;
        private boolean complete;

        Events(MimeCanonical rules) {
            this.tree = rules.newDigest();
            this.fields = new FieldDigests(rules, tree);
            this.leaf = new DigestStage(rules.newDigest());
            tree.update(LABEL);
        }

        byte[] finish() {
            if (!complete) {
                throw new IllegalStateException(
                        "a canonical hash is there only after a complete pass over the message");
            }
            return tree.digest();
        }

        @Override
        public void entityStart() {
            depth++;
            tree.update((byte) 'E');
        }

        @Override
        public void headers(byte[] b, int off, int len) {
            fields.update(b, off, len);
        }

        @Override
        public void bodyStart(PartHeaders headers, boolean composite) {
            fields.finish();
            byte[] type = headers.type().canonical().getBytes(StandardCharsets.ISO_8859_1);
            tree.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, type.length));
            tree.update(type);
            tree.update((byte) (composite ? 'C' : 'L'));
            if (!composite) {
                BodyStage lines = headers.type().isText() ? new TextStage(leaf) : new LineEndStage(leaf);
                decoded = headers.type().isText() ? lines : leaf;
                body = switch (headers.encoding()) {
                    case BASE64 -> new Base64Stage(decoded);
                    case QUOTED_PRINTABLE -> new QuotedPrintableStage(lines);
                    case IDENTITY, UNKNOWN -> lines;
                };
            }
        }

        @Override
        public void body(byte[] b, int off, int len) {
            if (body != null) {
                body.write(b, off, len);
            }
        }

        @Override
        public void runStart() {}

        @Override
        public void runBytes(byte[] b, int off, int len) {
            if (decoded != null) {
                decoded.write(b, off, len);
            }
        }

        @Override
        public void runEnd(long decodedBytes, int lineLength, LineEnd lineEnd, boolean lastLineEnds) {}

        @Override
        public void filler(byte[] b, int off, int len) {}

        @Override
        public void entityEnd(boolean byDelimiter) {
            if (body != null) {
                body.end(byDelimiter);
                body = null;
                decoded = null;
                tree.update(ByteBuffer.allocate(Long.BYTES).putLong(0, leaf.length()));
                tree.update(leaf.digest());
            }
            tree.update((byte) 'e');
            depth--;
            complete = depth == 0;
        }
    }
}
