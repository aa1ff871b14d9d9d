// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Undoes gzip where a response says so. */
final class DecodedBody extends InputStream {
    private final InputStream coded;
    private @Nullable InputStream decoded;

    private DecodedBody(InputStream coded) {
        this.coded = coded;
    }

    static InputStream of(HttpResponse response, InputStream body) {
        String coding =
                response.fields().first("content-encoding").orElse("").trim().toLowerCase(Locale.ROOT);
        return coding.equals("gzip") || coding.equals("x-gzip") ? new DecodedBody(body) : body;
    }

    @Override
    public int read() throws IOException {
        return decoded().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return decoded().read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        coded.close();
    }

    /** Only once somebody reads: the header is a part of the body. An empty body is one that needs no decoding, whatever it is called. */
    private InputStream decoded() throws IOException {
        if (decoded == null) {
            PushbackInputStream start = new PushbackInputStream(coded, 1);
            int first = start.read();
            if (first < 0) {
                decoded = InputStream.nullInputStream();
            } else {
                start.unread(first);
                decoded = new GZIPInputStream(start, 8192);
            }
        }
        return decoded;
    }
}
