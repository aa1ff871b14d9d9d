// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.exchange.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** A body that is read while it is sent, once. */
final class StreamedBody extends RequestBody {
    private final HttpBody body;

    StreamedBody(HttpBody body) {
        this.body = body;
    }

    /** The request's own header fields say what it is. */
    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (InputStream stream = body.open();
                Source source = Okio.source(stream)) {
            sink.writeAll(source);
        }
    }
}
