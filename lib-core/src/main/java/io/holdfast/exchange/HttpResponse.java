// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A response whose body is still on its way; for one thread. Who has it closes it, which gives the connection back, or up.
 *
 * @param status 200 to 599
 * @param fields the header fields
 * @param body the bytes as they were sent, content codings not undone; empty if there is none. Reading throws a {@link TransportException} when the
 *     connection breaks, the framing does not hold what it promised, or nothing comes within the deadline
 */
public record HttpResponse(int status, HttpFields fields, InputStream body) implements AutoCloseable {

    /** Checks for null. */
    public HttpResponse {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
    }

    /** Closes the body; what was not read of it is lost. Never fails. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Whoever closes is done with it: a connection that breaks now is not used again.
            return;
        }
    }
}
