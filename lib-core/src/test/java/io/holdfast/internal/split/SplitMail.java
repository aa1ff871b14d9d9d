// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A message after the split, held in memory: its streams and its recipe. */
record SplitMail(Recipe recipe, List<byte[]> streams) {
    static SplitMail of(byte[] original, int threshold) {
        return of(new MimeSplitter(threshold), new ByteArrayInputStream(original));
    }

    static SplitMail of(String original, int threshold) {
        return of(bytes(original), threshold);
    }

    static SplitMail of(MimeSplitter splitter, InputStream original) {
        Collector collector = new Collector();
        try {
            Recipe recipe = splitter.split(original, collector);
            return new SplitMail(recipe, collector.finish());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] body() {
        return streams.get(0);
    }

    String attachment(int stream) {
        return new String(streams.get(stream), StandardCharsets.ISO_8859_1);
    }

    int attachments() {
        return streams.size() - 1;
    }

    /** The original, put together from the recipe's encoded form, as a restore does it. */
    byte[] reassembled() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Recipe.decode(recipe.encode()).reassemble(index -> new ByteArrayInputStream(streams.get(index)), out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Base64 in lines, each followed by the line end, the last one too. */
    static String lines(byte[] content, int lineLength, String lineEnd) {
        String text = Base64.getEncoder().encodeToString(content);
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at += lineLength) {
            out.append(text, at, Math.min(text.length(), at + lineLength)).append(lineEnd);
        }
        return out.toString();
    }

    static SplitSink ignoring() {
        return new Collector();
    }

    /** Fails on any order of calls that the sink's contract does not allow. */
    private static final class Collector implements SplitSink {
        private final List<ByteArrayOutputStream> streams = new ArrayList<>(List.of(new ByteArrayOutputStream()));
        private boolean open;

        List<byte[]> finish() {
            require(!open, "an attachment has no end");
            return streams.stream().map(ByteArrayOutputStream::toByteArray).toList();
        }

        @Override
        public void body(byte[] b, int off, int len) {
            require(!open && len > 0, "body inside an attachment, or empty");
            streams.get(0).write(b, off, len);
        }

        @Override
        public void attachmentStart(int stream) {
            require(!open && stream == streams.size(), "attachment " + stream + " out of order");
            open = true;
            streams.add(new ByteArrayOutputStream());
        }

        @Override
        public void attachment(byte[] b, int off, int len) {
            require(open && len > 0, "bytes outside an attachment, or none");
            streams.get(streams.size() - 1).write(b, off, len);
        }

        @Override
        public void attachmentEnd(int stream) {
            require(open && stream == streams.size() - 1, "attachment " + stream + " ends out of order");
            open = false;
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }
    }
}
