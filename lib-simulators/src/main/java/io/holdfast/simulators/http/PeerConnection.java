// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.exchange.HttpFields;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection of a peer: reads requests of HTTP/1.1 (RFC 9112) and writes replies with all their flaws. For one thread. */
final class PeerConnection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final CountDownLatch closing;

    PeerConnection(Socket socket, CountDownLatch closing) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
        this.closing = closing;
    }

    /** Serves until the other side leaves, or a flaw ends it. */
    void serve(Function<PeerRequest, Reply> handler) throws IOException {
        Optional<PeerRequest> request = request();
        while (request.isPresent() && write(handler.apply(request.get()), request.get())) {
            request = request();
        }
    }

    private Optional<PeerRequest> request() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String[] words = line.split(" ", 3);
        if (words.length < 3) {
            throw new IOException("the other side does not speak HTTP");
        }
        List<HttpFields.Field> fields = new ArrayList<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            if (colon < 0) {
                throw new IOException("the other side does not speak HTTP");
            }
            fields.add(new HttpFields.Field(
                    field.substring(0, colon), field.substring(colon + 1).trim()));
        }
        HttpFields all = HttpFields.of(fields);
        return Optional.of(new PeerRequest(words[0], words[1], all, body(all)));
    }

    private byte[] body(HttpFields fields) throws IOException {
        if (fields.first("transfer-encoding").isPresent()) {
            throw new IOException("the request's body is chunked; bodies of requests have a length");
        }
        int length = Integer.parseInt(fields.first("content-length").orElse("0"));
        if (fields.first("expect").isPresent()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the request's body breaks off");
        }
        return body;
    }

    /** A line without its end; empty at the end of the stream, too. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** False if the connection is of no more use. */
    private boolean write(Reply reply, PeerRequest request) throws IOException {
        Flaw flaw = reply.flaw();
        if (flaw instanceof Flaw.Silence) {
            return awaitEnd();
        }
        if (flaw instanceof Flaw.Gone gone) {
            return end(gone.reset());
        }
        if (flaw instanceof Flaw.Unreachable) {
            return end(true);
        }
        if (flaw instanceof Flaw.Garbage) {
            out.write("SMTP ready, who are you?\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return end(false);
        }
        out.write(head(reply).getBytes(StandardCharsets.ISO_8859_1));
        if (!request.method().equals("HEAD")) {
            writeBody(reply);
        }
        out.flush();
        if (flaw instanceof Flaw.Stall) {
            return awaitEnd();
        }
        if (flaw instanceof Flaw.Cut cut) {
            return end(cut.reset());
        }
        if (flaw instanceof Flaw.WrongLength) {
            return end(false);
        }
        return true;
    }

    private static String head(Reply reply) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(reply.status()).append(" X\r\n");
        for (HttpFields.Field field : reply.fields().list()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        if (reply.status() != 204 && reply.status() != 304) {
            head.append("Content-Length: ").append(reply.announcedLength()).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private void writeBody(Reply reply) throws IOException {
        int step = reply.flaw() instanceof Flaw.Drip drip ? drip.bytes() : 1 << 16;
        try (InputStream body = reply.body().open()) {
            long left = reply.sentLength();
            byte[] block = new byte[(int) Math.min(step, Math.max(1, left))];
            while (left > 0) {
                int got = body.read(block, 0, (int) Math.min(block.length, left));
                if (got < 0) {
                    throw new EOFException("a body is shorter than it says");
                }
                out.write(block, 0, got);
                left -= got;
                if (reply.flaw() instanceof Flaw.Drip drip) {
                    out.flush();
                    pause(drip.every().toMillis());
                }
            }
        }
    }

    private boolean awaitEnd() {
        pause(TimeUnit.HOURS.toMillis(1));
        return false;
    }

    /** Until the peer is closed, at most. */
    private void pause(long millis) {
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean end(boolean reset) throws IOException {
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        return false;
    }
}
