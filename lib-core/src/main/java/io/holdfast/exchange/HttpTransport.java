// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

/**
 * Puts one request on the wire and hands over what comes back. The port behind which an HTTP client stands; {@code holdfast-http} has one.
 *
 * <p>It sends each request once: no retry, no redirect followed, no cookie kept, no header field added beyond what the protocol needs, no content
 * coding asked for or undone. Every status is a response, never an error. Bodies stream in both directions. TLS is 1.2 or 1.3. The contract kit
 * {@code HttpTransportContract} holds an implementation to all this.
 *
 * <p>Safe for use by several threads. Who builds it closes it.
 */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends a request and waits until its response begins.
     *
     * @param request the request
     * @return the response, which the caller closes
     * @throws TransportException if there is no response: with the phase that failed. When the thread is interrupted, too; its flag is set then
     */
    HttpResponse send(HttpRequest request) throws TransportException;

    /** Closes idle connections; those in use when their response is closed. */
    @Override
    void close();
}
