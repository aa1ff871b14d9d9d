// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import io.holdfast.exchange.HttpTransport;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/**
 * A way out of the house.
 *
 * @param name how operators call it, such as {@code direct}
 * @param proxy the HTTP proxy that it goes through; empty for none
 * @param trust whom it trusts to sign certificates; empty for whom the platform trusts
 * @param transport what sends requests over it; stays the caller's to close
 */
public record Egress(
        String name, Optional<HttpProxy> proxy, Optional<X509TrustManager> trust, HttpTransport transport) {

    /** Checks for null. */
    public Egress {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(transport, "transport");
    }
}
