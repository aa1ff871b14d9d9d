// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.exchange.TransportException.Phase;
import io.holdfast.runtime.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Takes requests to a script in the same process: no socket, and on simulated time no waiting. The same script serves a {@link WirePeer}, so that what
 * was found here can be tried over the wire.
 *
 * <p>Safe for use by several threads if the script is.
 */
public final class SimulatedTransport implements HttpTransport {
    private final TimeSource time;
    private final Duration latency;
    private final BiFunction<HttpRequest, PeerRequest, Reply> script;

    /**
     * A transport.
     *
     * @param time what passes while a reply is on its way
     * @param latency how long every reply takes
     * @param script what each request is replied with; also given the request as it was sent, since a process may talk to several hosts
     */
    public SimulatedTransport(TimeSource time, Duration latency, BiFunction<HttpRequest, PeerRequest, Reply> script) {
        this.time = Objects.requireNonNull(time);
        this.latency = Objects.requireNonNull(latency);
        this.script = Objects.requireNonNull(script);
    }

    @Override
    public HttpResponse send(HttpRequest request) throws TransportException {
        Reply reply = script.apply(request, received(request));
        Flaw flaw = reply.flaw();
        if (flaw instanceof Flaw.Unreachable unreachable) {
            throw new TransportException(unreachable.phase(), request + ": unreachable", null);
        }
        pass(latency, Phase.RESPONSE);
        if (flaw instanceof Flaw.Silence) {
            pass(request.deadlines().firstByte(), Phase.RESPONSE);
        }
        if (flaw instanceof Flaw.Silence || flaw instanceof Flaw.Gone || flaw instanceof Flaw.Garbage) {
            throw new TransportException(Phase.RESPONSE, request + ": no response", null);
        }
        HttpFields fields = reply.fields().with("Content-Length", String.valueOf(reply.announcedLength()));
        boolean bodiless = request.method().equals("HEAD");
        try {
            InputStream body = bodiless
                    ? InputStream.nullInputStream()
                    : new ScriptedBody(reply, request.deadlines().stall());
            return new HttpResponse(reply.status(), fields, body);
        } catch (IOException e) {
            throw new IllegalStateException("the script's body cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // There is no connection to close.
    }

    private static PeerRequest received(HttpRequest request) throws TransportException {
        String query = request.uri().getRawQuery();
        String path = request.uri().getRawPath();
        byte[] body = new byte[0];
        if (request.body().isPresent()) {
            HttpBody given = request.body().get();
            try (InputStream stream = given.open()) {
                body = stream.readAllBytes();
            } catch (IOException e) {
                throw new TransportException(Phase.REQUEST, request + ": " + e.getMessage(), e);
            }
        }
        return new PeerRequest(
                request.method(),
                (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query),
                request.fields(),
                body);
    }

    private void pass(Duration wait, Phase phase) throws TransportException {
        try {
            time.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(phase, "interrupted", new InterruptedIOException());
        }
    }

    /** A body with its flaws. */
    private final class ScriptedBody extends InputStream {
        private final Reply reply;
        private final Duration stall;
        private final InputStream bytes;
        private long left;

        private ScriptedBody(Reply reply, Duration stall) throws IOException {
            this.reply = reply;
            this.stall = stall;
            this.bytes = reply.body().open();
            this.left = reply.sentLength();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] block, int offset, int length) throws IOException {
            if (left == 0) {
                return end();
            }
            int most = (int) Math.min(length, left);
            if (reply.flaw() instanceof Flaw.Drip drip) {
                pass(drip.every(), Phase.BODY);
                most = Math.min(most, drip.bytes());
            }
            int got = bytes.read(block, offset, most);
            left -= Math.max(0, got);
            return got;
        }

        private int end() throws TransportException {
            if (reply.flaw() instanceof Flaw.Stall) {
                pass(stall, Phase.BODY);
                throw new TransportException(Phase.BODY, "the body stands still", null);
            }
            boolean cut = reply.flaw() instanceof Flaw.Cut
                    || reply.announcedLength() > reply.body().length();
            if (cut) {
                throw new TransportException(Phase.BODY, "the body broke off", null);
            }
            return -1;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
