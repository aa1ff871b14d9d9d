// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.exchange.HttpRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.Response;

/** A body whose breaks are told in the port's words. */
final class ReceivedBody extends FilterInputStream {
    private final Response response;
    private final HttpRequest request;
    private final Phases phases;

    ReceivedBody(Response response, InputStream bytes, HttpRequest request, Phases phases) {
        super(bytes);
        this.response = response;
        this.request = request;
        this.phases = phases;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw phases.failed(request, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw phases.failed(request, e);
        }
    }

    @Override
    public void close() {
        // A body that was not read to its end costs the connection: reading on may take longer than a handshake.
        response.close();
    }
}
