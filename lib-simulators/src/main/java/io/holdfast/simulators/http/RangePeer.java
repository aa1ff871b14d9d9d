// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.exchange.HttpBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script that serves one content, and ranges of it (RFC 9110, section 14). Immutable and safe for use by several threads. */
public final class RangePeer implements Function<PeerRequest, Reply> {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    private final long length;
    private final Opener content;
    private final String tag;

    /**
     * A script.
     *
     * @param length how long the content is
     * @param content opens it anywhere
     * @param tag its entity tag, quotes included
     */
    public RangePeer(long length, Opener content, String tag) {
        this.length = length;
        this.content = Objects.requireNonNull(content);
        this.tag = Objects.requireNonNull(tag);
    }

    /**
     * A script for content in memory.
     *
     * @param content the bytes; not copied
     * @param tag its entity tag, quotes included
     */
    public RangePeer(byte[] content, String tag) {
        this(
                content.length,
                offset -> new ByteArrayInputStream(content, (int) offset, content.length - (int) offset),
                tag);
    }

    @Override
    public Reply apply(PeerRequest request) {
        Optional<String> condition = request.fields().first("if-range");
        Matcher range = RANGE.matcher(request.fields().first("range").orElse(""));
        if (!range.matches() || condition.isPresent() && !condition.get().equals(tag)) {
            return Reply.of(200).with("ETag", tag).with(from(0));
        }
        long offset = Long.parseLong(range.group(1));
        if (offset >= length) {
            return Reply.of(416).with("Content-Range", "bytes */" + length);
        }
        return Reply.of(206)
                .with("ETag", tag)
                .with("Content-Range", "bytes " + offset + "-" + (length - 1) + "/" + length)
                .with(from(offset));
    }

    private HttpBody from(long offset) {
        return new HttpBody() {
            @Override
            public long length() {
                return length - offset;
            }

            @Override
            public InputStream open() throws IOException {
                return content.open(offset);
            }
        };
    }

    /** Opens content anywhere. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Begins to read.
         *
         * @param offset where
         * @return the rest
         * @throws IOException if it cannot be read
         */
        InputStream open(long offset) throws IOException;
    }
}
