// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.retry.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * An answer whose body is still on its way; for one thread. Who has it closes it: until then it holds a connection and the service's slot.
 */
public final class Exchange implements AutoCloseable {
    private final Attempt attempt;
    private final HttpResponse response;
    private final InputStream body;

    Exchange(Attempt attempt, HttpResponse response, Deadlines deadlines) {
        this.attempt = attempt;
        this.response = response;
        this.body = new Body(DecodedBody.of(response, new WireBody(response, attempt, deadlines)));
    }

    /**
     * The status.
     *
     * @return 2xx, or one that the request expects
     */
    public int status() {
        return response.status();
    }

    /**
     * The header fields.
     *
     * @return as they came
     */
    public HttpFields fields() {
        return response.fields();
    }

    /**
     * The service's id of the exchange, else ours.
     *
     * @return empty if there is neither
     */
    public Optional<String> id() {
        return Optional.of(attempt.answerId()).filter(id -> !id.isEmpty());
    }

    /**
     * The body, gzip undone. Its end gives connection and slot back.
     *
     * @return the same stream each time. Reading throws a {@link FailureException} of category {@code PATH_LOSS} when it breaks off, drips, or has
     *     another length or hash than was announced
     */
    public InputStream body() {
        return body;
    }

    /**
     * The whole body, for answers that are small by their nature.
     *
     * @param most how many bytes are taken
     * @return the bytes
     * @throws FailureException as reading the body does
     * @throws IllegalStateException if it has more bytes
     */
    public byte[] bytes(int most) {
        try {
            byte[] bytes = body.readNBytes(most);
            if (bytes.length == most && body.read() >= 0) {
                throw new IllegalStateException("the answer has more than " + most + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the exchange; what was not read of the body is lost. */
    @Override
    public void close() {
        response.close();
        attempt.close();
    }

    /** Ends the exchange at the end of the body, and says in the words of the retrier how it broke. */
    private final class Body extends InputStream {
        private final InputStream decoded;
        private boolean ended;

        private Body(InputStream decoded) {
            this.decoded = decoded;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (ended) {
                return -1;
            }
            try {
                int got = decoded.read(bytes, offset, length);
                if (got < 0) {
                    ended = true;
                    close();
                }
                return got;
            } catch (IOException e) {
                FailureException broken = attempt.broken(asTransport(e));
                close();
                throw broken;
            }
        }

        @Override
        public void close() {
            Exchange.this.close();
        }

        private TransportException asTransport(IOException error) {
            return error instanceof TransportException known
                    ? known
                    : new TransportException(
                            TransportException.Phase.BODY, "the body cannot be decoded: " + error.getMessage(), error);
        }
    }
}
