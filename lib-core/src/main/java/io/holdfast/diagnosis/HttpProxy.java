// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.net.PasswordAuthentication;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A proxy that a way out goes through.
 *
 * @param host its name or address
 * @param port 1 to 65535
 * @param credentials what it is told when it asks who we are (RFC 7617); empty for nothing
 */
public record HttpProxy(String host, int port, Optional<Supplier<PasswordAuthentication>> credentials) {

    /** Checks the port. */
    public HttpProxy {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(credentials, "credentials");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy's port is " + port + "; allowed are 1 to 65535");
        }
    }
}
