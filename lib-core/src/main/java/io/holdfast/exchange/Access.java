// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.identity.TokenSource;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The right to call a service: where the token comes from, and the only hosts that may see it.
 *
 * @param tokens the application's tokens
 * @param audience which of them
 * @param hosts names, in lower case, of the hosts that get the token; over https only. Requests to other hosts are sent without it
 */
public record Access(TokenSource tokens, String audience, Set<String> hosts) {

    /** Checks that somebody may see the token. */
    public Access {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(audience, "audience");
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "no host may see the token for " + audience + "; name the service's hosts");
        }
    }

    /**
     * Whether the token may be shown to an address.
     *
     * @param uri an absolute address
     * @return true over https to one of the hosts
     */
    public boolean isFor(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                && hosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }
}
